using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Kubernetes.Policy;

/// <summary>The rules of a cluster, before anything runs in it.</summary>
public sealed record ClusterPolicySpec
{
    /// <summary>The cluster's name, for messages.</summary>
    public required string Cluster { get; init; }

    /// <summary>Its version, on which depends how pod security is made.</summary>
    public required KubernetesVersion Version { get; init; }

    /// <summary>The namespaces.</summary>
    public required ImmutableArray<NamespaceSpec> Namespaces { get; init; }
}
