using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A Kubernetes cluster.</summary>
public sealed record ClusterSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The exact Kubernetes version: <c>1.34.2</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The addresses of pods.</summary>
    public required IPNetwork PodNetwork { get; init; }

    /// <summary>The addresses of services.</summary>
    public required IPNetwork ServiceNetwork { get; init; }

    /// <summary>How pods reach each other across nodes.</summary>
    public required ClusterNetworking Networking { get; init; }

    /// <summary>The virtual address on which the load balancers serve the API; <see langword="null"/>: the only control plane serves it itself.</summary>
    public VipSpec? ApiVip { get; init; }

    /// <summary>Its namespaces.</summary>
    public required ImmutableArray<ClusterNamespaceSpec> Namespaces { get; init; }

    /// <summary>Its ingress; <see langword="null"/> when it has none.</summary>
    public ClusterIngressSpec? Ingress { get; init; }

    /// <summary>How fast a dead node is noticed.</summary>
    public required NodeLossSpeed NodeLoss { get; init; }

    /// <summary>Where the programs come from.</summary>
    public required ClusterPrograms Programs { get; init; }

    /// <summary>The repository of packages; <see langword="null"/> when there is none.</summary>
    public ClusterPackagesSpec? Packages { get; init; }

    /// <summary>Where images come from; <see langword="null"/>: the images that were built.</summary>
    public string? ImageRepository { get; init; }

    /// <summary>The nodes that run its control plane.</summary>
    public required ImmutableArray<NodeSpec> ControlPlanes { get; init; }

    /// <summary>The nodes that run its pods.</summary>
    public required ImmutableArray<NodeSpec> Workers { get; init; }
}
