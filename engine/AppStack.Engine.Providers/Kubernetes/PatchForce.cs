using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Whether fields of other managers are taken over.</summary>
internal static class PatchForce
{
    /// <summary>When the object or the provider says so, or nobody's ownership was ever written down.</summary>
    /// <param name="inputs">What is applied.</param>
    /// <param name="live">What exists; <see langword="null"/> when that was not looked at.</param>
    /// <param name="settings">The provider's configuration.</param>
    public static bool Of(PropertyMap inputs, PropertyMap? live, ProviderSettings settings) =>
        inputs.IsAnnotated(Manifest.PatchForce) || settings.EnablePatchForce || (live is not null && live.MapsAt("metadata", "managedFields").IsEmpty);
}
