using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Components.LoadBalancing;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks;

/// <summary>The Kubernetes clusters: their nodes, addresses and versions, and the way to their API through the edge.</summary>
internal static class KubernetesPlan
{
    /// <summary>The port of API servers, on control planes and on virtual addresses.</summary>
    internal const int ApiPort = 6443;

    /// <summary>Memory that a pod of an ingress may take outside of labs, in MiB: 32 processes in two generations, and some tens of thousands of connections.</summary>
    private const int IngressMemory = 2048;

    /// <summary>What a pod of an ingress requests outside of labs, in thousandths of a core.</summary>
    private const int IngressCpu = 500;

    /// <summary>Where built images are known.</summary>
    private const string BuiltImages = "appstack.local";

    /// <summary>Each node has the pods of one such network: 254 addresses, more than twice the 110 pods that kubelet runs.</summary>
    private const int NodePodPrefix = 24;

    /// <summary>The clusters of an environment, in the descriptor's order.</summary>
    public static ImmutableArray<KubernetesClusterSpec> Clusters(EnvironmentSpec environment) =>
        [.. environment.Clusters.Select(cluster => Cluster(environment, cluster))];

    /// <summary>The API servers behind the load balancers, of the clusters that have a virtual address.</summary>
    public static IEnumerable<(ServiceSpec Service, BackendPoolSpec Pool)> Apis(EnvironmentSpec environment) =>
        from cluster in environment.Clusters
        where cluster.ApiVip is not null
        let name = $"{cluster.Name}-api"
        select (
            new ServiceSpec { Name = name, Vip = cluster.ApiVip!.Name, Port = ApiPort, Pool = name },
            new BackendPoolSpec
            {
                Name = name,
                Port = ApiPort,
                ProxyProtocol = false,
                Members = [.. cluster.ControlPlanes.Select(node => new BackendMemberSpec { Name = node.Name, Address = node.MainAddress.ToString() })],
                // Ready and not only listening: an API server that starts, or has lost its etcd, gets nobody.
                Check = new BackendCheckSpec { HttpPath = "/readyz", Tls = true, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) },
            });

    /// <summary>The rules of the clusters: the namespaces of the descriptor, and those of the ingress and of the service that welcomes.</summary>
    public static ImmutableArray<ClusterPolicySpec> Policies(EnvironmentSpec environment) =>
    [
        .. environment.Clusters.Select(cluster => new ClusterPolicySpec
        {
            Cluster = cluster.Name,
            Version = KubernetesVersion.TryParse(cluster.Version)!,
            Namespaces =
            [
                .. cluster.Namespaces.Select(Namespace),
                .. cluster.Ingress is null ? [] : IngressNamespaces(environment, cluster),
            ],
        }),
    ];

    /// <summary>The ingresses of the clusters that have one, by cluster.</summary>
    public static ImmutableSortedDictionary<string, IngressSpec> Ingresses(EnvironmentSpec environment) => environment.Clusters
        .Where(cluster => cluster.Ingress is not null)
        .ToImmutableSortedDictionary(
            cluster => cluster.Name,
            cluster => Ingress(environment, cluster),
            StringComparer.Ordinal);

    private static IngressSpec Ingress(EnvironmentSpec environment, ClusterSpec cluster)
    {
        var spec = new IngressSpec
        {
            Cluster = cluster.Name,
            Version = KubernetesVersion.TryParse(cluster.Version)!,
            Controller = Controller(cluster.Ingress!.Controller),
            HttpPort = cluster.Ingress.HttpPort,
            HttpsPort = cluster.Ingress.HttpsPort,
            LoadBalancerNetworks = NetworksOf(environment.NodesOf(NodeRole.LoadBalancer)),
            NodeNetworks = NetworksOf(cluster.ControlPlanes.Concat(cluster.Workers)),
            ImageRepository = cluster.ImageRepository ?? BuiltImages,
            Chart = cluster.Ingress.Chart,
        };

        // The machines of a lab share the host's cores and memory.
        return environment.Lab is null ? spec with { CpuMillis = IngressCpu, MemoryMiB = IngressMemory } : spec with { Workers = 1 };
    }

    /// <summary>The services that welcome, by cluster: in labs, which have the image.</summary>
    public static ImmutableSortedDictionary<string, WelcomeSpec> Welcomes(EnvironmentSpec environment) => environment.Clusters
        .Where(cluster => cluster.Ingress is not null && environment.Lab is not null)
        .ToImmutableSortedDictionary(
            cluster => cluster.Name,
            cluster => new WelcomeSpec { Version = KubernetesVersion.TryParse(cluster.Version)!, Image = $"{BuiltImages}/web:v1" },
            StringComparer.Ordinal);

    /// <summary>The route of a service that welcomes.</summary>
    public static RouteSpec WelcomeRoute() => new() { Service = WelcomeSpec.Name, Team = "platform", Namespace = WelcomeSpec.Name, Target = WelcomeSpec.Name };

    /// <summary>The path that load balancers ask an ingress for.</summary>
    public static string HealthPath(IngressController controller) => IngressControllers.Of(Controller(controller)).HealthPath;

    /// <summary>
    /// The addresses of the pods of a node; <see langword="null"/> when the cluster's are too few. They follow from role and sequence number, which
    /// no other node ever gets: workers have the odd ones.
    /// </summary>
    public static IPNetwork? PodsOf(IPNetwork pods, NodeRole role, int seq)
    {
        var index = (2 * (seq - 1)) + (role == NodeRole.Worker ? 1 : 0);
        if (pods.PrefixLength > NodePodPrefix || index >= 1 << (NodePodPrefix - pods.PrefixLength))
        {
            return null;
        }

        return new IPNetwork(Plus(pods, index << (32 - NodePodPrefix)), NodePodPrefix);
    }

    private static IEnumerable<NamespaceSpec> IngressNamespaces(EnvironmentSpec environment, ClusterSpec cluster)
    {
        // One more than workers, because one is replaced while the others serve.
        var (ingress, pods) = (Ingress(environment, cluster), cluster.Workers.Length + 1);
        yield return new()
        {
            Name = IngressSpec.Namespace,
            // No other level lets a pod have a folder of its node, in which the firewall's events outlive it. Nobody but the platform makes pods here.
            PodSecurity = cluster.Ingress!.Controller == IngressController.DebianNginx ? PodSecurityLevel.Privileged : PodSecurityLevel.Restricted,
            Cores = Math.Max(2, ((pods * ingress.CpuMillis) + 999) / 1000),
            MemoryMiB = pods * ingress.MemoryMiB,
            Pods = Math.Max(50, 2 * pods),
            From = [.. NetworksOf(environment.NodesOf(NodeRole.LoadBalancer)).Union(NetworksOf(cluster.ControlPlanes.Concat(cluster.Workers)), StringComparer.Ordinal)],
        };
        if (environment.Lab is not null)
        {
            yield return new() { Name = WelcomeSpec.Name };
        }
    }

    /// <summary>The program that serves routes, as the component names it.</summary>
    internal static IngressControllerKind Controller(IngressController controller) =>
        controller == IngressController.IngressNginx ? IngressControllerKind.IngressNginx : IngressControllerKind.DebianNginx;

    private static IPAddress Plus(IPNetwork network, int offset)
    {
        Span<byte> address = stackalloc byte[4];
        network.BaseAddress.TryWriteBytes(address, out _);
        BinaryPrimitives.WriteUInt32BigEndian(address, BinaryPrimitives.ReadUInt32BigEndian(address) + (uint)offset);
        return new IPAddress(address);
    }

    private static NamespaceSpec Namespace(ClusterNamespaceSpec found) => new()
    {
        Name = found.Name,
        Team = found.Team,
        PodSecurity = found.PodSecurity switch
        {
            PodSecurity.Baseline => PodSecurityLevel.Baseline,
            PodSecurity.Privileged => PodSecurityLevel.Privileged,
            _ => PodSecurityLevel.Restricted,
        },
        Cores = found.Cores,
        MemoryMiB = found.MemoryMiB,
        Pods = found.Pods,
        From = [.. found.From.Select(network => network.ToString())],
    };

    private static KubernetesClusterSpec Cluster(EnvironmentSpec environment, ClusterSpec cluster)
    {
        ImmutableArray<NodeSpec> nodes = [.. cluster.ControlPlanes, .. cluster.Workers];
        var spec = new KubernetesClusterSpec
        {
            Name = cluster.Name,
            Version = cluster.Version,
            ApiAddress = (cluster.ApiVip?.V4 ?? cluster.ControlPlanes[0].MainAddress).ToString(),
            ApiPort = ApiPort,
            Nodes = [.. nodes.Select(node => Node(cluster, node))],
            PodNetwork = cluster.PodNetwork.ToString(),
            ServiceNetwork = cluster.ServiceNetwork.ToString(),
            NodeNetworks = NetworksOf(nodes),
            LoadBalancerNetworks = NetworksOf(environment.NodesOf(NodeRole.LoadBalancer)),
            Networking = cluster.Networking switch
            {
                ClusterNetworking.Calico => PodNetworking.Calico,
                ClusterNetworking.Cilium => PodNetworking.Cilium,
                _ => PodNetworking.Routes,
            },
            NodeLoss = cluster.NodeLoss == NodeLossSpeed.Fast ? NodeLossTimings.Fast : NodeLossTimings.Standard,
            Programs = cluster.Programs switch
            {
                ClusterPrograms.Packages => ProgramSource.Packages,
                ClusterPrograms.Built => ProgramSource.Built,
                _ => ProgramSource.Automatic,
            },
            Repository = cluster.Packages is { } packages ? new(packages.Url, packages.Key, $"{cluster.Version}-{packages.Revision}") : null,
            Lab = environment.Lab is not null,
            Access = NodeAccess.Of(environment, node => [node.MainAddress]),
        };
        return cluster.ImageRepository is { } images ? spec with { ImageRepository = images } : spec;
    }

    private static KubernetesNodeSpec Node(ClusterSpec cluster, NodeSpec node) => new()
    {
        Name = node.Name,
        Role = node.Role == NodeRole.Worker ? KubernetesRole.Worker : KubernetesRole.ControlPlane,
        Address = node.MainAddress.ToString(),
        PodNetwork = PodsOf(cluster.PodNetwork, node.Role, node.Seq)!.Value.ToString(),
        Labels = node.Labels,
        Taints = node.Taints,
    };

    // Pods and NodePorts are IPv4 only.
    private static ImmutableArray<string> NetworksOf(IEnumerable<NodeSpec> nodes) =>
    [
        .. nodes.Select(node => node.Interfaces.FirstOrDefault(found => found.V4 is not null)?.Network.V4)
            .OfType<IPNetwork>()
            .Distinct()
            .Select(network => network.ToString()),
    ];
}
