using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A Kubernetes cluster.</summary>
public sealed record ClusterDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name; nodes with this cluster and the role control-plane or worker form it.", Required = true, Format = TextFormat.Name, Example = "gov")]
    public string? Name { get; init; }

    /// <summary>The Kubernetes version.</summary>
    [Key("The Kubernetes version.", Required = true, Format = TextFormat.MinorVersion, Example = "1.34")]
    public string? Version { get; init; }

    /// <summary>Addresses of pods.</summary>
    [Key("The addresses of pods.", Required = true, Example = "10.128.0.0/14")]
    public IPNetwork? PodNetwork { get; init; }

    /// <summary>Addresses of services.</summary>
    [Key("The addresses of services.", Required = true, Example = "10.132.0.0/16")]
    public IPNetwork? ServiceNetwork { get; init; }

    /// <summary>How pods reach each other.</summary>
    [Key("How pods reach each other across nodes.", Default = "routes")]
    public ClusterNetworking? Networking { get; init; }
}
