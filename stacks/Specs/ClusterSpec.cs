using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A Kubernetes cluster.</summary>
public sealed record ClusterSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The Kubernetes version: <c>1.34</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The addresses of pods.</summary>
    public required IPNetwork PodNetwork { get; init; }

    /// <summary>The addresses of services.</summary>
    public required IPNetwork ServiceNetwork { get; init; }

    /// <summary>How pods reach each other across nodes.</summary>
    public required ClusterNetworking Networking { get; init; }

    /// <summary>The nodes that run its control plane.</summary>
    public required ImmutableArray<NodeSpec> ControlPlanes { get; init; }

    /// <summary>The nodes that run its pods.</summary>
    public required ImmutableArray<NodeSpec> Workers { get; init; }
}
