using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>A node of a cluster.</summary>
public sealed record KubernetesNodeSpec
{
    /// <summary>Its name in the cluster; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required KubernetesRole Role { get; init; }

    /// <summary>Its IPv4 address among the nodes.</summary>
    public required string Address { get; init; }

    /// <summary>The addresses (CIDR, inside the cluster's pod network) of pods on this node. It never changes while the node lives.</summary>
    public required string PodNetwork { get; init; }

    /// <summary>Labels, such as those of a node pool. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints, as <c>key=value:NoSchedule</c>. Default: none. Control planes have their usual one by themselves.</summary>
    public ImmutableArray<string> Taints { get; init; } = [];
}
