using System.Collections.Immutable;

namespace Pulumi.Kubernetes;

/// <summary>An object of the Kubernetes API.</summary>
public abstract class KubernetesResource : CustomResource
{
    private protected KubernetesResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, args, WithVersion(options))
    {
    }

    private protected KubernetesResource(string type, string name, ImmutableDictionary<string, object?> members, CustomResourceOptions? options = null)
        : base(type, name, new DictionaryResourceArgs(members), WithVersion(options))
    {
    }

    private static CustomResourceOptions WithVersion(CustomResourceOptions? options) =>
        CustomResourceOptions.Merge(new CustomResourceOptions { Version = Utilities.Version }, options);
}
