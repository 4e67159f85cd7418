using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Kubernetes.Web;

/// <summary>A small web service behind a NodePort: an ingress on every worker, which knows the PROXY protocol, and the service behind it.</summary>
public sealed record ClusterWebSpec
{
    /// <summary>Its name, also that of its namespace; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster's version.</summary>
    public required KubernetesVersion Version { get; init; }

    /// <summary>The image of nginx, for both.</summary>
    public required string Image { get; init; }

    /// <summary>Pods of the service. Default: 3.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>The port on every worker, 30000 to 32767.</summary>
    public required int NodePort { get; init; }

    /// <summary>Whether connections start with the PROXY protocol, as the load balancers' pool says.</summary>
    public required bool ProxyProtocol { get; init; }

    /// <summary>Networks (CIDR) of the load balancers, whose word about the citizen's address counts.</summary>
    public required ImmutableArray<string> LoadBalancerNetworks { get; init; }

    /// <summary>The service's address within the cluster. It is fixed, because nginx asks for names only when it starts.</summary>
    public required string ServiceAddress { get; init; }
}
