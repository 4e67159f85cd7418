using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Monitoring;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks;

/// <summary>What is watched, by whom, and who is told; all of it follows from the nodes and what they are for.</summary>
public static class MonitoringPlan
{
    /// <summary>What every node of the environment shows; none without monitoring.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>In the descriptor's order.</returns>
    public static ImmutableArray<NodeMetricsSpec> Nodes(EnvironmentSpec environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.Monitoring is null
            ? []
            : [.. environment.Nodes.Select(node => (Node: node, Exporters: Exporters(environment, node))).Where(found => !found.Exporters.IsEmpty).Select(found => Metrics(found.Node, found.Exporters))];
    }

    /// <summary>What a node shows.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="node">One of its nodes.</param>
    /// <returns>Nothing without monitoring, and for nodes on which nothing is deployed.</returns>
    public static ImmutableArray<ExporterSpec> Exporters(EnvironmentSpec environment, NodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(node);
        if (environment.Monitoring is null)
        {
            return [];
        }

        var machine = new ExporterSpec(ExporterKind.Node);
        var certificates = new ExporterSpec(ExporterKind.Certificates);
        return node.Role switch
        {
            // Stands for a citizen, who is not ours to watch.
            NodeRole.Client => [],
            NodeRole.Router => [machine, new(ExporterKind.Bird)],
            NodeRole.LoadBalancer => [machine, new(ExporterKind.HAProxy, node.Management.ToString()), new(ExporterKind.Bird)],
            NodeRole.ControlPlane when environment.Clusters.FirstOrDefault(found => found.ControlPlanes.Contains(node)) is { } cluster => [machine, .. ControlPlane(cluster, node)],
            NodeRole.Worker when environment.Clusters.Any(cluster => HasEvents(cluster) && cluster.Workers.Contains(node)) => [machine, new(ExporterKind.WafEvents)],
            NodeRole.Database => [machine, certificates, new(ExporterKind.Postgres), new(ExporterKind.Guard, Address(node))],
            NodeRole.Witness => [machine, new(ExporterKind.Guard, Address(node))],
            NodeRole.Backup when environment.Databases.Any(database => DatabasePlan.Repository(environment, database) == node) => [machine, certificates, new(ExporterKind.Backups)],
            NodeRole.Restore => [machine, certificates],
            NodeRole.Pooler => [machine, certificates, new(ExporterKind.PgBouncer)],
            NodeRole.Monitoring =>
            [
                machine,
                new(ExporterKind.Prometheus, Address(node)),
                new(ExporterKind.Alertmanager, Address(node)),
                .. environment.Clusters.Any(HasEvents) ? [new(ExporterKind.WafStore)] : Array.Empty<ExporterSpec>(),
            ],
            _ => [machine],
        };
    }

    /// <summary>The monitoring nodes. Each watches everything, itself and the others among it, so that losing one loses nothing.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>In the descriptor's order.</returns>
    public static ImmutableArray<MonitoringServerSpec> Servers(EnvironmentSpec environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment.Monitoring is not { } monitoring)
        {
            return [];
        }

        var targets = Targets(environment, exporter => exporter.IsTarget);
        var events = Targets(environment, exporter => exporter.Kind == ExporterKind.WafEvents);
        return
        [
            .. monitoring.Nodes.Select(node => new MonitoringServerSpec
            {
                Name = node.Name,
                Address = Address(node),
                Environment = environment.Name,
                Interval = monitoring.Interval,
                Retention = monitoring.Retention,
                Targets = targets,
                Events = events,
                Servers = [.. monitoring.Nodes.Select(Address)],
                Receivers = [.. monitoring.Receivers.Select(Receiver)],
                Mail = monitoring.Mail is { } mail ? new MailRelaySpec(mail.Host, mail.Port, mail.From) : null,
                Access = NodeAccess.Of(environment, found => [found.MainAddress]),
            }),
        ];
    }

    /// <summary>The page from which a person looks at everything.</summary>
    /// <param name="server">A monitoring node.</param>
    /// <returns>The URL.</returns>
    public static string Page(MonitoringServerSpec server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return $"{Prometheus(server)}consoles/{ConsoleRenderer.Index}";
    }

    /// <summary>Where Prometheus of a monitoring node answers.</summary>
    /// <param name="server">The monitoring node.</param>
    /// <returns>The URL, with a slash at its end.</returns>
    public static string Prometheus(MonitoringServerSpec server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return Url(server.Address, MonitoringServerSpec.PrometheusPort);
    }

    /// <summary>Where Alertmanager of a monitoring node answers.</summary>
    /// <param name="server">The monitoring node.</param>
    /// <returns>The URL, with a slash at its end.</returns>
    public static string Alertmanager(MonitoringServerSpec server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return Url(server.Address, MonitoringServerSpec.AlertmanagerPort);
    }

    private static ImmutableArray<ScrapeTargetSpec> Targets(EnvironmentSpec environment, Func<ExporterSpec, bool> which) =>
    [
        .. from node in environment.Nodes
        from exporter in Exporters(environment, node)
        where which(exporter)
        select new ScrapeTargetSpec(exporter.Job, Address(node), Labels(environment, environment.Nodes.First(found => found.Name == (exporter.Of ?? node.Name)))) { Module = exporter.Module },
    ];

    // The retired chart writes its events to its pods' logs only.
    private static bool HasEvents(ClusterSpec cluster) => cluster.Ingress?.Controller == IngressController.DebianNginx;

    // Kubelets answer control planes only, and one look at each of them is enough.
    private static IEnumerable<ExporterSpec> ControlPlane(ClusterSpec cluster, NodeSpec node) =>
    [
        new(ExporterKind.KubernetesObjects),
        new(ExporterKind.ApiServer),
        new(ExporterKind.Scheduler),
        new(ExporterKind.ControllerManager),
        new(ExporterKind.Etcd),
        .. from member in cluster.ControlPlanes[0] == node ? [.. cluster.ControlPlanes, .. cluster.Workers] : Array.Empty<NodeSpec>()
           from kind in new[] { ExporterKind.Kubelet, ExporterKind.Containers }
           select new ExporterSpec(kind, Address(member)) { Of = member.Name },
    ];

    private static NodeMetricsSpec Metrics(NodeSpec node, ImmutableArray<ExporterSpec> exporters) => new() { Name = node.Name, Address = Address(node), Exporters = exporters };

    private static ImmutableSortedDictionary<string, string> Labels(EnvironmentSpec environment, NodeSpec node)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["environment"] = environment.Name,
            ["site"] = node.Site,
            ["rack"] = node.Rack,
            ["role"] = Words.Of(node.Role),
            ["cluster"] = node.Cluster,
            ["node"] = node.Name,
        };
        if (environment.Databases.FirstOrDefault(found => found.Servers.Contains(node))?.Follows is { } followed)
        {
            labels["follows"] = followed;
        }

        return labels.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static AlertReceiverSpec Receiver(ReceiverSpec receiver) => new()
    {
        Name = receiver.Name,
        Webhook = receiver.Webhook,
        Email = receiver.Email,
        Severities = [.. receiver.Severities.Select(severity => severity == AlertLevel.Critical ? AlertSeverity.Critical : AlertSeverity.Warning)],
    };

    private static string Url(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"http://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port}/");

    private static string Address(NodeSpec node) => node.MainAddress.ToString();
}
