namespace Pulumi;

/// <summary>A configured provider that resources can be told to use.</summary>
public class ProviderResource : CustomResource
{
    private Task<string>? _reference;

    /// <summary>Registers a provider.</summary>
    /// <param name="package">The package, for example <c>command</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its configuration.</param>
    /// <param name="options">Its options.</param>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base("pulumi:providers:" + package, name, args, options)
    {
        Package = package;
    }

    private protected ProviderResource(string package, string name)
        : base("pulumi:providers:" + package, name)
    {
        Package = package;
    }

    internal string Package { get; }

    /// <summary>How the engine names the provider: <c>URN::id</c>; the id of a provider yet to be made is the engine's word for unknown.</summary>
    internal Task<string> GetReferenceAsync() => _reference ??= MakeReferenceAsync();

    private async Task<string> MakeReferenceAsync()
    {
        const string UnknownId = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        var urn = await Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var id = await Id.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        return $"{urn}::{(string.IsNullOrEmpty(id) ? UnknownId : id)}";
    }
}
