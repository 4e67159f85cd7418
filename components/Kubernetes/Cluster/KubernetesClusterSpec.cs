using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>A Kubernetes cluster on nodes that exist.</summary>
public sealed record KubernetesClusterSpec
{
    /// <summary>Its name; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The exact version without a <c>v</c>, e.g. <c>1.34.2</c>; all nodes run it, except in the middle of an upgrade.</summary>
    public required string Version { get; init; }

    /// <summary>The address on which nodes and administrators reach the API server: a VIP of the load balancers, or the only control plane.</summary>
    public required string ApiAddress { get; init; }

    /// <summary>Its port. Default: 6443, which control planes listen on, too.</summary>
    public int ApiPort { get; init; } = 6443;

    /// <summary>The nodes; one, three or five control planes.</summary>
    public required ImmutableArray<KubernetesNodeSpec> Nodes { get; init; }

    /// <summary>Addresses (CIDR) of pods.</summary>
    public required string PodNetwork { get; init; }

    /// <summary>Addresses (CIDR) of services.</summary>
    public required string ServiceNetwork { get; init; }

    /// <summary>Networks (CIDR) of the nodes; they may use the API and NodePorts.</summary>
    public required ImmutableArray<string> NodeNetworks { get; init; }

    /// <summary>Networks (CIDR) of the load balancers: the only others that may use NodePorts. Default: none.</summary>
    public ImmutableArray<string> LoadBalancerNetworks { get; init; } = [];

    /// <summary>How pods reach each other. Default: <see cref="PodNetworking.Routes"/>.</summary>
    public PodNetworking Networking { get; init; } = PodNetworking.Routes;

    /// <summary>How fast a dead node is noticed. Default: <see cref="NodeLossTimings.Standard"/>.</summary>
    public NodeLossTimings NodeLoss { get; init; } = NodeLossTimings.Standard;

    /// <summary>Where the programs come from. Default: <see cref="ProgramSource.Automatic"/>.</summary>
    public ProgramSource Programs { get; init; } = ProgramSource.Automatic;

    /// <summary>The repository of packages; null: there is none to use. Default: null.</summary>
    public PackageRepositorySpec? Repository { get; init; }

    /// <summary>Whether the nodes are machines of a lab, where the built programs and images are. Default: false.</summary>
    public bool Lab { get; init; }

    /// <summary>Where images come from: a registry's name with path, or the name under which local archives are known. Default: the built images' name.</summary>
    public string ImageRepository { get; init; } = "appstack.local";

    /// <summary>Name and tag of the cluster's DNS server within <see cref="ImageRepository"/>. Default: the built one.</summary>
    public string DnsImage { get; init; } = "cluster-dns:v1";

    /// <summary>Snapshots of etcd that a control plane keeps, one for every six hours. Default: 28, a week.</summary>
    public int SnapshotsKept { get; init; } = 28;

    /// <summary>Who may log in to the nodes.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>The control planes, in the order of <see cref="Nodes"/>; the first one makes the cluster.</summary>
    public IEnumerable<KubernetesNodeSpec> ControlPlanes => Nodes.Where(node => node.Role == KubernetesRole.ControlPlane);

    /// <summary>The workers.</summary>
    public IEnumerable<KubernetesNodeSpec> Workers => Nodes.Where(node => node.Role == KubernetesRole.Worker);

    /// <summary>The name of the API server in certificates and kubeconfigs; nodes find its address in their hosts file.</summary>
    public string ApiName => $"api.{Name}.internal";
}
