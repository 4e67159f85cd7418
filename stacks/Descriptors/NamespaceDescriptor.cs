using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A namespace of a Kubernetes cluster.</summary>
public sealed record NamespaceDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name.", Required = true, Format = TextFormat.Name, Example = "taxes")]
    public string? Name { get; init; }

    /// <summary>The team.</summary>
    [Key("The group, as certificates or tokens name it, that may change what is in it, except quotas and roles.", Default = "none: administrators only", Example = "taxes-team")]
    public string? Team { get; init; }

    /// <summary>Pod security.</summary>
    [Key("What its pods may ask of their node (Pod Security Standards; baseline needs Kubernetes 1.23).", Default = "restricted")]
    public PodSecurity? PodSecurity { get; init; }

    /// <summary>Cores.</summary>
    [Key("Cores that its pods may request together.", Default = "2", Minimum = 1, Maximum = 100_000)]
    public int? Cores { get; init; }

    /// <summary>Memory.</summary>
    [Key("Memory in MiB that its pods may request, and be limited to, together.", Default = "2048", Minimum = 64, Maximum = 100_000_000)]
    public int? Memory { get; init; }

    /// <summary>Pods.</summary>
    [Key("Pods at the same time.", Default = "50", Minimum = 1, Maximum = 100_000)]
    public int? Pods { get; init; }

    /// <summary>Who may reach its pods.</summary>
    [Key("Networks outside of the cluster that may reach its pods; everything else is denied where the pod network enforces policies.", Example = "10.10.0.0/24")]
    public IReadOnlyList<IPNetwork?> From { get; init; } = [];
}
