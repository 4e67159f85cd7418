using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Pulumi.Kubernetes.Yaml;

/// <summary>An object of a manifest, of any kind.</summary>
internal sealed class ManifestObject(string type, string name, ImmutableDictionary<string, object?> members, CustomResourceOptions options)
    : KubernetesResource(type, name, members, options)
{
    /// <summary>Name, namespace, labels and so on.</summary>
    [Output("metadata")]
    public Output<ObjectMeta> Metadata { get; private set; } = null!;
}
