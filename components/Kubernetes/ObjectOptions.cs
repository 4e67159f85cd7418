using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Kubernetes;

/// <summary>Options of objects in a cluster.</summary>
internal static class ObjectOptions
{
    /// <summary>The options of a component's objects: its provider, and what the component itself depends on and goes with.</summary>
    /// <param name="component">The component.</param>
    /// <param name="provider">The cluster.</param>
    /// <param name="options">The component's options.</param>
    public static CustomResourceOptions For(ComponentResource component, ProviderResource provider, ComponentResourceOptions? options)
    {
        var result = BundleOptions.For(component, options);
        (result.Provider, result.DeletedWith) = (provider, options?.DeletedWith);
        return result;
    }
}
