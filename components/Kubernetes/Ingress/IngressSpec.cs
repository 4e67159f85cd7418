using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>The ingress of a cluster: a controller on every worker, behind two NodePorts.</summary>
public sealed record IngressSpec
{
    /// <summary>The namespace of the controller and of its routes; teams have no rights in it.</summary>
    public const string Namespace = "ingress";

    /// <summary>The folder of every node in which events of the firewall wait until they are collected; it outlives pods.</summary>
    public const string EventsFolder = "/var/log/appstack-waf";

    /// <summary>The cluster's name, for messages.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster's version.</summary>
    public required KubernetesVersion Version { get; init; }

    /// <summary>The program that serves the routes.</summary>
    public required IngressControllerKind Controller { get; init; }

    /// <summary>The port for HTTP on every worker, 30000 to 32767. Default: 30080.</summary>
    public int HttpPort { get; init; } = 30080;

    /// <summary>The port for HTTPS on every worker, 30000 to 32767. Default: 30443.</summary>
    public int HttpsPort { get; init; } = 30443;

    /// <summary>Networks (CIDR) of the load balancers, whose word about the citizen's address counts.</summary>
    public required ImmutableArray<string> LoadBalancerNetworks { get; init; }

    /// <summary>Networks (CIDR) of the nodes: the API server asks the ingress whether a route is good.</summary>
    public required ImmutableArray<string> NodeNetworks { get; init; }

    /// <summary>Where images come from: a registry's name with path, or the name under which local archives are known.</summary>
    public required string ImageRepository { get; init; }

    /// <summary>The archive of the chart, for <see cref="IngressControllerKind.IngressNginx"/>; its digest is checked. Default: null.</summary>
    public string? Chart { get; init; }

    /// <summary>Thousandths of a core that a pod requests. Default: 100.</summary>
    public int CpuMillis { get; init; } = 100;

    /// <summary>
    /// The most memory of a pod, in MiB; beyond it the kernel ends the container. A process takes about 6 MiB beside the 40 MiB of rules that all share,
    /// a connection 20 to 40 KiB, and while the configuration changes there are two generations of both. Default: 512, enough for one process and some thousand connections.
    /// </summary>
    public int MemoryMiB { get; init; } = 512;

    /// <summary>Processes that serve; null: one for each core of the node. Default: null.</summary>
    public int? Workers { get; init; }
}
