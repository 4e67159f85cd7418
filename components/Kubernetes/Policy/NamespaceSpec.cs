using System.Collections.Immutable;

namespace AppStack.Components.Kubernetes.Policy;

/// <summary>A namespace, with what every namespace has: limits, a quota, and no traffic but what is declared.</summary>
public sealed record NamespaceSpec
{
    /// <summary>Its name; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The group (of certificates or tokens) that may change everything in it except quotas and roles; null: only administrators. Default: null.</summary>
    public string? Team { get; init; }

    /// <summary>What its pods may ask of their node. Default: <see cref="PodSecurityLevel.Restricted"/>.</summary>
    public PodSecurityLevel PodSecurity { get; init; } = PodSecurityLevel.Restricted;

    /// <summary>Cores that its pods may request together. Default: 2.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>Memory in MiB that its pods may request, and be limited to, together. Default: 2048.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>Pods at the same time. Default: 50.</summary>
    public int Pods { get; init; } = 50;

    /// <summary>Networks (CIDR) outside of the cluster that may reach its pods. Default: none.</summary>
    public ImmutableArray<string> From { get; init; } = [];
}
