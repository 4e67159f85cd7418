using System.Net;
using AppStack.Components.Monitoring;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Verification;

/// <summary>Derives from a descriptor what every node must look like.</summary>
public static class PlatformExpectations
{
    /// <summary>The units of a role's bundle; a test compares them with what the components deploy.</summary>
    private static readonly Dictionary<NodeRole, IReadOnlyList<string>> UnitsOf = new()
    {
        [NodeRole.Router] = ["bird", "appstack-firewall"],
        [NodeRole.LoadBalancer] = ["haproxy", "bird", "appstack-vip", "appstack-lb-agent", "appstack-firewall"],
        [NodeRole.Backend] = ["nginx", "appstack-firewall"],
        [NodeRole.ControlPlane] = ["kubelet", "containerd", "appstack-pod-network", "appstack-etcd-snapshot.timer", "appstack-certificates.timer", "appstack-firewall"],
        [NodeRole.Worker] = ["kubelet", "containerd", "appstack-pod-network", "appstack-firewall"],
        [NodeRole.Database] = ["appstack-pg-guard", "appstack-pg-fence", "appstack-firewall"],
        [NodeRole.Witness] = ["appstack-pg-guard", "appstack-firewall"],
        [NodeRole.Backup] = ["appstack-pgbackrest", "appstack-firewall"],
        [NodeRole.Restore] = ["appstack-firewall"],
        [NodeRole.Pooler] = ["pgbouncer", "appstack-pooler", "appstack-firewall"],
        [NodeRole.Registry] = ["docker-registry", "nginx", "appstack-firewall"],
        [NodeRole.Monitoring] = ["prometheus", "prometheus-alertmanager", "appstack-firewall"],
    };

    // A Prometheus that was just started knows its targets and Alertmanager after 5 s, looks within its interval (15 s by default), and sends
    // alerts again every 10 s. Below the time that a node has to answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(16);

    /// <summary>The roles that verification knows; nodes of other roles are only asked whether they answer.</summary>
    public static IReadOnlyCollection<NodeRole> KnownRoles => UnitsOf.Keys;

    /// <summary>The expectations, in the order of the descriptor.</summary>
    public static IReadOnlyList<NodeExpectation> From(EnvironmentSpec environment)
    {
        var backups = PlatformPlan.Of(environment).Backups.ToDictionary(repository => repository.Name, repository => repository.Clusters.Select(cluster => cluster.Name).ToList(), StringComparer.Ordinal);
        var monitoring = MonitoringPlan.Servers(environment).ToDictionary(server => server.Name, Monitoring, StringComparer.Ordinal);
        return [.. environment.Nodes.Select(node => From(environment, node, backups, monitoring))];
    }

    private static NodeExpectation From(EnvironmentSpec environment, NodeSpec node, Dictionary<string, List<string>> backups, Dictionary<string, MonitoringExpectation> monitoring)
    {
        var plain = new NodeExpectation
        {
            Name = node.Name,
            Role = node.Role,
            Units = [.. UnitsOf.GetValueOrDefault(node.Role, []), .. Exporters(environment, node)],
            Monitoring = monitoring.GetValueOrDefault(node.Name),
            Production = !environment.DrillsWelcome,
        };
        if (environment.Databases.FirstOrDefault(found => found.Servers.Contains(node)) is { } cluster)
        {
            return plain with
            {
                Standbys = [.. cluster.Servers.Select(server => server.Name)],
                Synchronous = cluster.Rpo == RecoveryPoint.Zero && cluster.Servers.Length > 1,
                Archives = backups.Values.Any(clusters => clusters.Contains(cluster.Name)),
            };
        }

        if (node.Role == NodeRole.Backup)
        {
            return backups.TryGetValue(node.Name, out var clusters) ? plain with { BackedUp = clusters } : plain with { Units = [] };
        }

        if (environment.Databases.FirstOrDefault(found => found.Poolers.Contains(node)) is { } pooled)
        {
            return plain with
            {
                Endpoints =
                [
                    .. from service in pooled.Services
                    from readOnly in service.ReadOnlyPoolSize > 0 ? [false, true] : new[] { false }
                    select new PoolerEndpoint(new IPEndPoint(node.MainAddress, PgBouncerGroupSpec.DefaultPort), service.Database, readOnly),
                ],
            };
        }

        if (environment.Clusters.FirstOrDefault(found => found.ControlPlanes.Contains(node) || found.Workers.Contains(node)) is { } kubernetes)
        {
            return plain with
            {
                Kubernetes = new(
                    kubernetes.Version,
                    [.. kubernetes.ControlPlanes.Concat(kubernetes.Workers).Select(member => member.Name)],
                    [.. kubernetes.ControlPlanes.Select(member => member.Name)])
                {
                    Doors = [.. from frontend in environment.Edge?.Frontends ?? []
                        where frontend.Backend == ClusterIngressSpec.HttpsBackend(kubernetes.Name)
                        from address in Families(frontend.Vip.V4, frontend.Vip.V6)
                        select new IPEndPoint(address, frontend.Port)],
                },
            };
        }

        if (environment.Edge is not { } edge)
        {
            return plain;
        }

        var loadBalancers = environment.NodesOf(NodeRole.LoadBalancer).ToList();
        var virtualAddresses = edge.Vips.SelectMany(vip => Families(vip.V4, vip.V6)).ToList();
        return node.Role switch
        {
            NodeRole.Router => plain with
            {
                Neighbours = [.. loadBalancers.Where(balancer => Speaks(edge, node, balancer)).Select(Neighbour)],
                NextHops = [.. loadBalancers.Where(balancer => Speaks(edge, node, balancer)).Select(Neighbour)],
                VirtualAddresses = virtualAddresses,
            },
            NodeRole.LoadBalancer => plain with
            {
                Neighbours = [.. edge.Bgp.Neighbours.Where(neighbour => neighbour.Site is null || neighbour.Site == node.Site)
                    .Select(neighbour => new NeighbourExpectation(neighbour.Name, neighbour.V4, neighbour.V6))],
                VirtualAddresses = virtualAddresses,
            },
            NodeRole.Client => plain with
            {
                NextHops = [.. loadBalancers.Select(Neighbour)],
                Frontends = [.. edge.Frontends.SelectMany(frontend =>
                    Families(frontend.Vip.V4, frontend.Vip.V6).Select(address => new IPEndPoint(address, frontend.Port)))],
            },
            _ => plain,
        };
    }

    private static IEnumerable<string> Exporters(EnvironmentSpec environment, NodeSpec node) =>
        MonitoringPlan.Exporters(environment, node) is { IsEmpty: false } exporters
            ? NodeMetricsRenderer.Units(exporters.Select(exporter => exporter.Kind)).Select(unit => Path.GetFileNameWithoutExtension(unit))
            : [];

    private static MonitoringExpectation Monitoring(MonitoringServerSpec server) => new()
    {
        Prometheus = MonitoringPlan.Prometheus(server),
        Alertmanager = MonitoringPlan.Alertmanager(server),
        Targets = [.. server.Targets.Select(target => (target.Job, target.Labels["node"]))],
        Rules = AlertRules.All.ToDictionary(group => group.Name, group => group.Rules.Length, StringComparer.Ordinal),
        Patience = Patience,
    };

    private static bool Speaks(EdgeSpec edge, NodeSpec router, NodeSpec loadBalancer) =>
        edge.Bgp.Neighbours.Any(neighbour => neighbour.Node?.Name == router.Name && (neighbour.Site is null || neighbour.Site == loadBalancer.Site));

    private static NeighbourExpectation Neighbour(NodeSpec node) => new(node.Name, node.V4, node.V6);

    private static IEnumerable<IPAddress> Families(IPAddress v4, IPAddress? v6) => v6 is null ? [v4] : [v4, v6];
}
