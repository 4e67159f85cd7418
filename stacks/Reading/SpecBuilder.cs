using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Environments.Validation;

namespace AppStack.Stacks.Environments;

/// <summary>Turns a descriptor in which nothing is wrong into a spec: derives names, resolves references, fills in defaults.</summary>
internal static class SpecBuilder
{
    public static EnvironmentSpec Build(EnvironmentDescriptor environment, string file)
    {
        var networks = environment.Networks.Select(network => new NetworkSpec(network!.Name!, network.V4!.Value, network.V6)).ToImmutableArray();
        var nodes = environment.Nodes.Select(node => Node(node!, networks)).ToImmutableArray();
        return new EnvironmentSpec
        {
            Name = environment.Name!,
            Description = environment.Description ?? "",
            File = file,
            DrillsWelcome = environment.Drills == DrillPolicy.Welcome,
            Ssh = new SshSpec(environment.Ssh?.User ?? Defaults.SshUser, environment.Ssh?.Port ?? Defaults.SshPort, SshSources(environment)),
            Lab = environment.Lab is { } lab ? new LabSpec(lab.Name ?? environment.Name!, Interfaces(lab.Host, [], networks)) : null,
            Networks = networks,
            Nodes = nodes,
            Edge = environment.Edge is { } edge ? Edge(edge, environment.Clusters, nodes) : null,
            Clusters = [.. environment.Clusters.Select(cluster => Cluster(cluster!, nodes, environment.Edge))],
            Databases = [.. environment.Databases.Select(database => Database(database!, nodes))],
            Monitoring = environment.Monitoring is { } monitoring ? Monitoring(monitoring, nodes) : null,
        };
    }

    private static ImmutableArray<IPNetwork> SshSources(EnvironmentDescriptor environment)
    {
        var given = environment.Ssh?.From ?? [];
        return given.Count > 0
            ? [.. given.Select(network => network!.Value)]
            : [.. environment.Networks.SelectMany(network => new[] { network!.V4, network.V6 }).OfType<IPNetwork>()];
    }

    private static NodeSpec Node(NodeDescriptor node, ImmutableArray<NetworkSpec> networks) => new()
    {
        Name = NodeSpec.NameOf(node.Cluster!, node.Role!.Value, node.Seq!.Value),
        Cluster = node.Cluster!,
        Role = node.Role.Value,
        Seq = node.Seq.Value,
        Site = node.Site!,
        Rack = node.Rack!,
        Management = node.Addresses[0]!,
        Interfaces = Interfaces(node.Addresses, node.Interfaces, networks),
        HostKey = node.HostKey,
        MemoryMiB = node.Memory ?? Defaults.NodeMemory,
        Cores = node.Cores ?? Defaults.NodeCores,
        Labels = node.Role is NodeRole.ControlPlane or NodeRole.Worker ? Labels(node) : ImmutableSortedDictionary<string, string>.Empty,
        Taints = [.. node.Taints.OfType<string>()],
    };

    // Kubernetes spreads pods over zones by itself: what fails together is a rack.
    private static ImmutableSortedDictionary<string, string> Labels(NodeDescriptor node)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels["topology.kubernetes.io/region"] = node.Site!;
        labels["topology.kubernetes.io/zone"] = $"{node.Site}-{node.Rack}";
        if (node.Pool is not null)
        {
            labels["appstack.dev/pool"] = node.Pool;
        }

        foreach (var label in node.Labels)
        {
            var parts = label!.Split('=', 2);
            labels[parts[0]] = parts[1];
        }

        return labels.ToImmutable();
    }

    private static ImmutableArray<InterfaceSpec> Interfaces(IReadOnlyList<IPAddress?> addresses, IReadOnlyList<string?> names, ImmutableArray<NetworkSpec> networks) =>
        [.. addresses
            .GroupBy(address => networks.First(network => network.Contains(address!)))
            .Select((group, index) => new InterfaceSpec(
                index < names.Count ? names[index]! : $"eth{index}",
                group.Key,
                group.FirstOrDefault(address => address!.IsV4()),
                group.FirstOrDefault(address => !address!.IsV4())))];

    private static EdgeSpec Edge(EdgeDescriptor edge, IReadOnlyList<ClusterDescriptor?> clusters, ImmutableArray<NodeSpec> nodes)
    {
        var vips = edge.Vips.Select(vip => Vip(vip!)).ToImmutableArray();
        return new EdgeSpec
        {
            AnnounceV4 = edge.Announce!.V4!.Value,
            AnnounceV6 = edge.Announce.V6,
            Vips = vips,
            Bgp = Bgp(edge.Bgp!, nodes),
            Rollout = edge.Rollout ?? Defaults.Rollout,
            MaxConnections = edge.MaxConnections ?? Defaults.MaxConnections,
            Frontends = [.. edge.Frontends.Select(frontend =>
                new FrontendSpec(frontend!.Name!, vips.First(vip => vip.Name == frontend.Vip), frontend.Port!.Value, frontend.Backend!))],
            Backends =
            [
                .. edge.Backends.Select(backend => Backend(backend!, nodes)),
                .. clusters.SelectMany(cluster => Ingress(cluster!, nodes)).Where(backend => edge.Frontends.Any(frontend => frontend!.Backend == backend.Name)),
            ],
        };
    }

    private static VipSpec Vip(VipDescriptor vip) => new(vip.Name!, vip.V4!, vip.V6);

    private static BgpSpec Bgp(BgpDescriptor bgp, ImmutableArray<NodeSpec> nodes)
    {
        var loadBalancers = OfRole(nodes, NodeRole.LoadBalancer);
        return new BgpSpec
        {
            Asn = bgp.Asn!.Value,
            HoldTime = bgp.HoldTime ?? Defaults.HoldTime,
            Keepalive = bgp.Keepalive ?? Defaults.Keepalive,
            BfdInterval = bgp.Bfd?.Interval ?? Defaults.BfdInterval,
            BfdMultiplier = bgp.Bfd?.Multiplier ?? Defaults.BfdMultiplier,
            Neighbours = [.. bgp.Neighbours.Select(neighbour => Neighbour(neighbour!, nodes, loadBalancers))],
        };
    }

    private static NeighbourSpec Neighbour(NeighbourDescriptor neighbour, ImmutableArray<NodeSpec> nodes, ImmutableArray<NodeSpec> loadBalancers)
    {
        if (neighbour.Node is null)
        {
            return new NeighbourSpec(
                neighbour.Name!,
                neighbour.Asn!.Value,
                neighbour.Site,
                neighbour.Addresses.FirstOrDefault(address => address!.IsV4()),
                neighbour.Addresses.FirstOrDefault(address => !address!.IsV4()),
                Node: null);
        }

        // A router has addresses in several networks; load balancers speak to the one in theirs.
        var router = nodes.First(node => node.Name == neighbour.Node);
        var shared = router.Interfaces.FirstOrDefault(found => loadBalancers.Any(node => node.Interfaces.Any(other => other.Network == found.Network))) ?? router.Interfaces[0];
        return new NeighbourSpec(router.Name, neighbour.Asn!.Value, neighbour.Site, shared.V4, shared.V6, router);
    }

    private static BackendSpec Backend(BackendDescriptor backend, ImmutableArray<NodeSpec> nodes) => new()
    {
        Name = backend.Name!,
        Servers = [.. nodes.Where(node => node.Cluster == backend.Cluster && node.Role is NodeRole.Backend or NodeRole.Worker)],
        Port = backend.Port!.Value,
        DirectPort = backend.DirectPort,
        ProxyProtocol = backend.ProxyProtocol ?? ProxyProtocol.Off,
        Check = new HealthCheckSpec(
            backend.Check?.Path ?? Defaults.CheckPath,
            backend.Check?.Interval ?? Defaults.CheckInterval,
            backend.Check?.Fall ?? Defaults.CheckFall,
            backend.Check?.Rise ?? Defaults.CheckRise),
    };

    /// <summary>The backends that are the ingress of a cluster, for HTTP and HTTPS.</summary>
    private static IEnumerable<BackendSpec> Ingress(ClusterDescriptor cluster, ImmutableArray<NodeSpec> nodes)
    {
        if (Ingress(cluster.Ingress) is not { } ingress)
        {
            yield break;
        }

        var path = KubernetesPlan.HealthPath(ingress.Controller);
        foreach (var (name, port, tls) in new[]
        {
            (ClusterIngressSpec.HttpBackend(cluster.Name!), ingress.HttpPort, false),
            (ClusterIngressSpec.HttpsBackend(cluster.Name!), ingress.HttpsPort, true),
        })
        {
            yield return new BackendSpec
            {
                Name = name,
                Servers = OfRole(nodes, NodeRole.Worker, cluster.Name),
                Port = port,
                ProxyProtocol = ProxyProtocol.V2,
                Check = new HealthCheckSpec(path, Defaults.CheckInterval, Defaults.CheckFall, Defaults.CheckRise, tls),
            };
        }
    }

    private static ClusterIngressSpec? Ingress(IngressDescriptor? ingress) => ingress is null ? null : new(
        ingress.Controller ?? IngressController.DebianNginx,
        ingress.Http ?? Defaults.IngressHttp,
        ingress.Https ?? Defaults.IngressHttps,
        ingress.Chart);

    private static ClusterSpec Cluster(ClusterDescriptor cluster, ImmutableArray<NodeSpec> nodes, EdgeDescriptor? edge) => new()
    {
        Name = cluster.Name!,
        Version = cluster.Version!,
        PodNetwork = cluster.PodNetwork!.Value,
        ServiceNetwork = cluster.ServiceNetwork!.Value,
        Networking = cluster.Networking ?? ClusterNetworking.Routes,
        ApiVip = cluster.ApiVip is { } vip ? Vip(edge!.Vips.First(found => found!.Name == vip)!) : null,
        Namespaces = [.. cluster.Namespaces.Select(found => Namespace(found!))],
        Ingress = Ingress(cluster.Ingress),
        NodeLoss = cluster.NodeLoss ?? NodeLossSpeed.Standard,
        Programs = cluster.Programs ?? ClusterPrograms.Automatic,
        Packages = cluster.Packages is { } packages ? new(packages.Url!, packages.Key!, packages.Revision ?? Defaults.PackageRevision) : null,
        ImageRepository = cluster.ImageRepository,
        ControlPlanes = OfRole(nodes, NodeRole.ControlPlane, cluster.Name),
        Workers = OfRole(nodes, NodeRole.Worker, cluster.Name),
    };

    private static ClusterNamespaceSpec Namespace(NamespaceDescriptor found) => new()
    {
        Name = found.Name!,
        Team = found.Team,
        PodSecurity = found.PodSecurity ?? PodSecurity.Restricted,
        Cores = found.Cores ?? Defaults.NamespaceCores,
        MemoryMiB = found.Memory ?? Defaults.NamespaceMemory,
        Pods = found.Pods ?? Defaults.NamespacePods,
        From = [.. found.From.OfType<IPNetwork>()],
    };

    private static DatabaseSpec Database(DatabaseDescriptor database, ImmutableArray<NodeSpec> nodes)
    {
        var servers = OfRole(nodes, NodeRole.Database, database.Name);
        return new DatabaseSpec
        {
            Name = database.Name!,
            Version = database.Version!.Value,
            FirstLeader = servers.First(node => node.Seq == (database.FirstLeader ?? 1)),
            Package = database.Package,
            Follows = database.Follows,
            Rto = database.Rto ?? RecoveryTime.Standard,
            Rpo = database.Rpo ?? RecoveryPoint.Zero,
            MaxLagMiB = database.MaxLag,
            MaxConnections = database.MaxConnections ?? Defaults.DatabaseConnections,
            Parameters = database.Parameters.ToImmutableSortedDictionary(found => found!.Name!, found => found!.Value!, StringComparer.Ordinal),
            Servers = servers,
            Witnesses = OfRole(nodes, NodeRole.Witness, database.Name),
            Poolers = OfRole(nodes, NodeRole.Pooler, database.Name),
            ReservedConnections = database.ReservedConnections ?? Defaults.DatabaseReservedConnections,
            Backups = database.Backups is { } backups
                ? new BackupsSpec(backups.Full, backups.Differential, backups.Incremental, backups.KeepFull, backups.KeepDifferential, backups.Queue)
                : new BackupsSpec(),
            Services = [.. database.Services.Select(service => ServiceDatabase(service!))],
        };
    }

    private static ServiceDatabaseSpec ServiceDatabase(ServiceDatabaseDescriptor service) => new()
    {
        Name = service.Name!,
        PoolSize = service.Pool ?? Defaults.DatabasePool,
        ReadOnlyPoolSize = service.ReadOnlyPool ?? Defaults.DatabaseReadOnlyPool,
        Extensions = [.. service.Extensions.OfType<string>()],
        PasswordGeneration = service.PasswordGeneration ?? 1,
        Migrations = service.Migrations,
    };

    private static MonitoringSpec Monitoring(MonitoringDescriptor monitoring, ImmutableArray<NodeSpec> nodes) => new(
        monitoring.Retention ?? Defaults.Retention,
        monitoring.Interval ?? Defaults.ScrapeInterval,
        OfRole(nodes, NodeRole.Monitoring),
        [.. monitoring.Receivers.Select(receiver => new ReceiverSpec(
            receiver!.Name!,
            receiver.Webhook is { } webhook ? new Uri(webhook, UriKind.Absolute) : null,
            receiver.Email,
            receiver.Severities.Count > 0 ? [.. receiver.Severities.OfType<AlertLevel>()] : [AlertLevel.Critical, AlertLevel.Warning]))],
        monitoring.Mail is { } mail ? new MailSpec(mail.Host!, mail.Port ?? Defaults.MailPort, mail.From!) : null);

    private static ImmutableArray<NodeSpec> OfRole(ImmutableArray<NodeSpec> nodes, NodeRole role, string? cluster = null) =>
        [.. nodes.Where(node => node.Role == role && (cluster is null || node.Cluster == cluster))];
}
