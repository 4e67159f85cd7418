namespace Pulumi.Kubernetes;

/// <summary>The Kubernetes provider of one cluster, for resources that are told which provider to use.</summary>
[KubernetesResourceType("pulumi:providers:kubernetes")]
public class Provider : ProviderResource
{
    /// <summary>Declares the provider.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">The cluster and how to speak to it.</param>
    /// <param name="options">Its options.</param>
    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("kubernetes", name, args ?? new ProviderArgs(), MakeResourceOptions(options))
    {
    }

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options) =>
        CustomResourceOptions.Merge(new CustomResourceOptions { Version = Utilities.Version, Id = "" }, options);
}
