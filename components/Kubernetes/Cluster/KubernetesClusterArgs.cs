using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Arguments of a <see cref="KubernetesCluster"/>.</summary>
public sealed class KubernetesClusterArgs : ResourceArgs
{
    /// <summary>What there shall be. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required KubernetesClusterSpec Spec { get; set; }

    /// <summary>The machines by the names of the specification's nodes.</summary>
    public required IReadOnlyDictionary<string, BareMetalNode> Nodes { get; set; }

    /// <summary>
    /// What the way to the API server needs, such as load balancers; given the first control plane, after which it can come and before which nothing
    /// else joins. Default: nothing.
    /// </summary>
    public Func<Resource, IReadOnlyList<Resource>> ApiWay { get; set; } = _ => [];
}
