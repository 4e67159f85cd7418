namespace Pulumi.Random;

/// <summary>The random provider, for resources that are told which provider to use.</summary>
[RandomResourceType("pulumi:providers:random")]
public class Provider : ProviderResource
{
    /// <summary>Declares the provider.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its configuration; there is none.</param>
    /// <param name="options">Its options.</param>
    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("random", name, args ?? new ProviderArgs(), MakeResourceOptions(options))
    {
    }

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options) =>
        CustomResourceOptions.Merge(new CustomResourceOptions { Version = Utilities.Version, Id = "" }, options);
}
