using System.Collections.Immutable;
using AppStack.Components.Monitoring;
using AppStack.Components.Nodes;

namespace AppStack.Components.Tests.Monitoring;

internal static class MonitoringExamples
{
    public static MetricsIdentity Identity { get; } = new("(private key)\n", "(certificate)\n", "(authority)\n");

    public static AccessSpec Access { get; } = new() { ManagementNetworks = ["10.1.9.0/24", "fd00:9::/64"], MetricsSources = ["10.1.0.71/32", "10.1.0.72/32"] };

    public static NodeMetricsSpec LoadBalancer { get; } = new()
    {
        Name = "edge-lb-1",
        Address = "10.1.0.21",
        Exporters = [new(ExporterKind.Node), new(ExporterKind.HAProxy, "10.1.0.21"), new(ExporterKind.Bird)],
    };

    public static NodeMetricsSpec Database { get; } = new() { Name = "main-db-1", Address = "fd00:1::41", Exporters = [new(ExporterKind.Node), new(ExporterKind.Certificates), new(ExporterKind.Postgres), new(ExporterKind.Guard, "fd00:1::41")] };

    public static NodeMetricsSpec Pooler { get; } = new() { Name = "main-pooler-1", Address = "10.1.0.46", Exporters = [new(ExporterKind.Node), new(ExporterKind.Certificates), new(ExporterKind.PgBouncer)] };

    public static NodeMetricsSpec ControlPlane { get; } = new()
    {
        Name = "gov-cp-1",
        Address = "10.1.0.51",
        Exporters =
        [
            new(ExporterKind.Node),
            new(ExporterKind.KubernetesObjects),
            new(ExporterKind.ApiServer),
            new(ExporterKind.Scheduler),
            new(ExporterKind.ControllerManager),
            new(ExporterKind.Etcd),
            new(ExporterKind.Kubelet, "10.1.0.52") { Of = "gov-worker-1" },
            new(ExporterKind.Containers, "10.1.0.52") { Of = "gov-worker-1" },
        ],
    };

    public static NodeMetricsSpec Worker { get; } = new() { Name = "gov-worker-1", Address = "10.1.0.52", Exporters = [new(ExporterKind.Node), new(ExporterKind.WafEvents)] };

    public static NodeMetricsSpec Monitoring { get; } = new() { Name = "watch-monitor-1", Address = "10.1.0.71", Exporters = [new(ExporterKind.Node), new(ExporterKind.Prometheus, "10.1.0.71"), new(ExporterKind.Alertmanager, "10.1.0.71"), new(ExporterKind.WafStore)] };

    public static NodeMetricsSpec Backup { get; } = new() { Name = "vault-backup-1", Address = "10.1.0.49", Exporters = [new(ExporterKind.Node), new(ExporterKind.Certificates), new(ExporterKind.Backups)] };

    public static MonitoringServerSpec Server { get; } = new()
    {
        Name = "watch-monitor-1",
        Address = "10.1.0.71",
        Environment = "example",
        Interval = TimeSpan.FromSeconds(15),
        Retention = TimeSpan.FromDays(30),
        Targets =
        [
            new("node", "10.1.0.21", Labels("edge-lb-1", "load-balancer", "edge", "ath", "r1")),
            new("haproxy", "10.1.0.21", Labels("edge-lb-1", "load-balancer", "edge", "ath", "r1")),
            new("node", "fd00:1::41", Labels("main-db-1", "database", "main", "skg", "r2")),
            new("postgres", "fd00:1::41", Labels("main-db-1", "database", "main", "skg", "r2")),
            new("apiserver", "10.1.0.51", Labels("gov-cp-1", "control-plane", "gov", "ath", "r1")),
            new("containers", "10.1.0.51", Labels("gov-worker-1", "worker", "gov", "ath", "r2")) { Module = "containers-gov-worker-1" },
        ],
        Servers = ["10.1.0.71", "10.1.0.72"],
        Receivers =
        [
            new() { Name = "on-call", Webhook = new("https://alerts.example.org/appstack"), Email = "on-call@example.org", Severities = [AlertSeverity.Critical] },
            new() { Name = "team", Email = "team@example.org", Severities = [AlertSeverity.Critical, AlertSeverity.Warning] },
        ],
        Mail = new("relay.example.org", 25, "appstack@example.org"),
        Access = Access,
    };

    public static MonitoringServerSpec Alone { get; } = Server with { Servers = ["10.1.0.71"], Receivers = [], Mail = null };

    private static ImmutableSortedDictionary<string, string> Labels(string node, string role, string cluster, string site, string rack) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["environment"] = "example",
            ["site"] = site,
            ["rack"] = rack,
            ["role"] = role,
            ["cluster"] = cluster,
            ["node"] = node,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
