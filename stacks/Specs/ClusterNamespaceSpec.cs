using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A namespace of a Kubernetes cluster.</summary>
public sealed record ClusterNamespaceSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The group that may change what is in it; <see langword="null"/>: administrators only.</summary>
    public string? Team { get; init; }

    /// <summary>What its pods may ask of their node.</summary>
    public required PodSecurity PodSecurity { get; init; }

    /// <summary>Cores that its pods may request together.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory in MiB that its pods may request together.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Pods at the same time.</summary>
    public required int Pods { get; init; }

    /// <summary>Networks outside of the cluster that may reach its pods.</summary>
    public required ImmutableArray<IPNetwork> From { get; init; }
}
