using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Components.Monitoring;

/// <summary>The exporters: Debian's packages with Debian's units, which run as users of their own and never as root.</summary>
internal static class ExporterCatalog
{
    /// <summary>Whom Debian's exporters run as, but for that of BIRD, which must be able to ask BIRD.</summary>
    public const string User = "prometheus";

    // The ports are the exporters' own defaults.
    private const int NodePort = 9100;
    private const int BirdPort = 9324;
    private const int PostgresPort = 9187;
    private const int PgBouncerPort = 9127;

    /// <summary>What an exporter needs.</summary>
    public static ExporterDefinition Of(ExporterKind kind) => kind switch
    {
        ExporterKind.Node => Debian(NodePort, "prometheus-node-exporter", $"--web.listen-address={Local(NodePort)} --web.disable-exporter-metrics --collector.disable-defaults {Collectors} {Filesystems} --collector.textfile.directory={TextfileCollector.Folders}"),
        ExporterKind.Bird => Debian(BirdPort, "prometheus-bird-exporter", $"-bird.v2 -format.new -web.listen-address={Local(BirdPort)}"),

        // Over the local socket, where PostgreSQL takes the system's word for who asks: there is no password that could be read.
        ExporterKind.Postgres => Debian(
            PostgresPort,
            "prometheus-postgres-exporter",
            $"--web.listen-address={Local(PostgresPort)} --disable-default-metrics --disable-settings-metrics --extend.query-path={PostgresQueries.Path}",
            $"DATA_SOURCE_NAME=\"user={PostgresUsers.Monitor} host=/run/postgresql dbname=postgres application_name=exporter\"",
            new BundleFile { Path = PostgresQueries.Path, Content = PostgresQueries.Text }),
        ExporterKind.PgBouncer => Own(PgBouncerPort, "appstack-pooler-metrics.service", PoolerUnit),
        ExporterKind.Guard => new(RepmgrClusterSpec.DefaultStatusPort),
        ExporterKind.Backups => TextfileCollector.Of("backups", BackupRepositoryRenderer.User, $"{BackupPaths.Tool} metrics", TimeSpan.FromMinutes(1)),
        ExporterKind.Certificates => NodeCertificates.Definition,
        ExporterKind.ApiServer => new(KubernetesMetrics.ApiServerPort) { Tls = KubernetesMetrics.Tls, Keep = KubernetesMetrics.OfApiServer, IsBig = true },
        ExporterKind.Scheduler => new(KubernetesMetrics.SchedulerPort) { Tls = KubernetesMetrics.Tls, Keep = KubernetesMetrics.OfScheduler, IsBig = true },
        ExporterKind.ControllerManager => new(KubernetesMetrics.ControllerManagerPort) { Tls = KubernetesMetrics.Tls, Keep = KubernetesMetrics.OfControllerManager, IsBig = true },
        ExporterKind.Etcd => new(KubernetesMetrics.EtcdPort) { Keep = KubernetesMetrics.OfEtcd, IsBig = true },
        ExporterKind.KubernetesObjects => KubernetesMetrics.Objects,
        ExporterKind.Kubelet => new(KubernetesMetrics.KubeletPort) { Tls = KubernetesMetrics.Tls, Keep = KubernetesMetrics.OfKubelet, IsBig = true },
        ExporterKind.Containers => new(KubernetesMetrics.KubeletPort) { Path = "/metrics/cadvisor", Tls = KubernetesMetrics.Tls, Keep = KubernetesMetrics.OfContainers, IsBig = true },
        ExporterKind.WafEvents => WafEvents.Worker,
        ExporterKind.WafStore => WafEvents.Store,
        ExporterKind.HAProxy => new(HAProxyOptionsSpec.DefaultMetricsPort),
        ExporterKind.Prometheus => new(MonitoringServerSpec.PrometheusPort),
        ExporterKind.Alertmanager => new(MonitoringServerSpec.AlertmanagerPort),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such exporter."),
    };

    /// <summary>What is behind a job of Prometheus; null: none of these.</summary>
    public static ExporterDefinition? OfJob(string job) => Enum.TryParse<ExporterKind>(job, ignoreCase: true, out var kind) ? Of(kind) : null;

    // What dashboards and alerts use; every other collector costs time on each look and fills the disk.
    private static string Collectors => string.Join(' ', new[]
    {
        "conntrack", "cpu", "diskstats", "filesystem", "loadavg", "meminfo", "netdev", "netstat", "sockstat", "stat", "systemd", "textfile", "time", "uname",
    }.Select(name => $"--collector.{name}"));

    // What holds no data of its own is left out, and so is what pods mount; a machine of a lab lives on an overlay.
    private const string Filesystems = "--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/(containerd|kubelet)/.+)($|/) "
        + "--collector.filesystem.fs-types-exclude=^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|mqueue|nsfs|proc|pstore|ramfs|securityfs|squashfs|sysfs|tmpfs|tracefs)$";

    private static string Local(int port) => $"{ExporterSpec.Loopback}:{port}";

    private static ExporterDefinition Debian(int port, string package, string arguments, string? more = null, params ReadOnlySpan<BundleFile> files)
    {
        var unit = $"{package}.service";
        return new(port)
        {
            Package = package,
            Unit = unit,
            Files =
            [
                new() { Path = $"/etc/default/{package}", Content = $"# Written by AppStack: changes are overwritten.\nARGS='{arguments}'\n{(more is null ? "" : more + "\n")}" },
                new() { Path = $"/etc/systemd/system/{unit}.d/appstack.conf", Content = DropIn },
                .. files,
            ],
        };
    }

    private static ExporterDefinition Own(int port, string unit, string content) => new(port)
    {
        Unit = unit,
        Files = [new() { Path = $"/etc/systemd/system/{unit}", Content = content }],
    };

    /// <summary>Exporters need nothing but to read; one that ends is started again, however often.</summary>
    public const string DropIn = """
        [Unit]
        StartLimitIntervalSec=0

        [Service]
        Restart=always
        RestartSec=1s
        NoNewPrivileges=yes
        CapabilityBoundingSet=
        ProtectSystem=full

        """;

    // The same user as PgBouncer, whose console lets only its own user in without a password.
    private static string PoolerUnit => $"""
        [Unit]
        Description=AppStack pooler: metrics of PgBouncer
        After=network.target
        StartLimitIntervalSec=0

        [Service]
        User=postgres
        ExecStart={PgBouncerPaths.Tool} metrics --listen {Local(PgBouncerPort)}
        Restart=always
        RestartSec=1s
        NoNewPrivileges=yes
        CapabilityBoundingSet=
        ProtectSystem=full

        [Install]
        WantedBy=multi-user.target

        """;
}
