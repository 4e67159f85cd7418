using AppStack.Components.Nodes;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Monitoring;

/// <summary>Renders what a monitoring node gets.</summary>
public static class MonitoringServerRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "monitoring";

    private const string Owner = $"{ExporterCatalog.User}:{ExporterCatalog.User}";

    // Prometheus reads what it has not yet written to blocks again when it starts.
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(2);

    private const string Curl = "curl --silent --fail --globoff --output /dev/null";

    // By curl `verify` asks both what they see.
    private static readonly string[] Packages = ["curl", "prometheus", "prometheus-alertmanager"];

    /// <summary>The bundle of a monitoring node.</summary>
    /// <param name="spec">The server; must be valid.</param>
    /// <param name="identity">The reader's certificate.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(MonitoringServerSpec spec, MetricsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(identity);
        var rules = AlertRules.All.Select(group => new BundleFile { Path = $"{MonitoringPaths.Rules}/{group.Name}.yml", Content = AlertRulesRenderer.Render(group), Group = "prometheus" }).ToList();
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [.. Packages.Select(name => new BundlePackage(name))],
            Directories = [new(MonitoringPaths.Identity)],
            Files =
            [
                .. Start("prometheus", MonitoringPaths.PrometheusUnit, PrometheusRenderer.Arguments(spec), Url(spec, MonitoringServerSpec.PrometheusPort)),
                .. Start("prometheus-alertmanager", MonitoringPaths.AlertmanagerUnit, AlertmanagerRenderer.Arguments(spec), Url(spec, MonitoringServerSpec.AlertmanagerPort)),
                .. rules,
                new() { Path = MonitoringPaths.Prometheus, Content = PrometheusRenderer.Configuration(spec), Group = "prometheus" },
                new() { Path = MonitoringPaths.Alertmanager, Content = AlertmanagerRenderer.Configuration(spec), Group = "alertmanager" },
                new() { Path = $"{MonitoringPaths.Identity}/ca.crt", Content = identity.Authority, Group = "prometheus" },
                new() { Path = $"{MonitoringPaths.Identity}/reader.crt", Content = identity.Certificate, Group = "prometheus" },
                new() { Path = $"{MonitoringPaths.Identity}/reader.key", Content = identity.PrivateKey, Owner = Owner, Mode = "0600", Secret = true, Group = "prometheus" },
                .. ConsoleRenderer.Pages(spec.Environment, PlatformDashboards.All).Select(page => new BundleFile { Path = $"{MonitoringPaths.Consoles}/{page.Name}", Content = page.Content }),
                new() { Path = $"{MonitoringPaths.ConsoleLibraries}/{ConsoleRenderer.LibraryName}", Content = ConsoleRenderer.Library, Group = "prometheus" },
                .. EventSources(spec),
            ],
            FileGroups =
            [
                new() { Name = "prometheus-start", Activation = BundleActivation.Restart(MonitoringPaths.PrometheusUnit) },
                new() { Name = "prometheus-alertmanager-start", Activation = BundleActivation.Restart(MonitoringPaths.AlertmanagerUnit) },
                new()
                {
                    Name = "prometheus",

                    // Only the syntax of the configuration: the files that it names may come with the same bundle.
                    Check = $"promtool check rules {string.Join(' ', rules.Select(file => $"{{{file.Path}}}"))} && promtool check config --syntax-only {{{MonitoringPaths.Prometheus}}}",
                    Activation = BundleActivation.Reload(MonitoringPaths.PrometheusUnit),
                    Health = Ready(spec, MonitoringServerSpec.PrometheusPort),
                },
                new() { Name = "alertmanager", Check = $"amtool check-config {{{MonitoringPaths.Alertmanager}}}", Activation = BundleActivation.Reload(MonitoringPaths.AlertmanagerUnit), Health = Ready(spec, MonitoringServerSpec.AlertmanagerPort) },
            ],
            Units = [new(MonitoringPaths.AlertmanagerUnit), new(MonitoringPaths.PrometheusUnit)],
        };
        return FirewallRenderer.AddTo(Firewall(spec), bundle);

        static BundleHook Ready(MonitoringServerSpec spec, int port) => new($"{Curl} {Url(spec, port)}-/ready", ReadyTimeout);

        static string Url(MonitoringServerSpec spec, int port) => $"http://{PrometheusRenderer.At(spec.Address, port)}/";
    }

    private static IEnumerable<BundleFile> EventSources(MonitoringServerSpec spec) => spec.Events.IsEmpty ? [] :
    [
        new()
        {
            Path = WafEvents.Sources,
            Content = string.Concat(spec.Events.Select(source => $"{source.Labels["cluster"]} {source.Labels["node"]} {PrometheusRenderer.At(source.Address, AccessSpec.MetricsPort)}\n")),
        },
    ];

    // A unit counts as started when it answers: before that the signal to reload would end it.
    private static IEnumerable<BundleFile> Start(string package, string unit, string arguments, string url) =>
    [
        new() { Path = $"/etc/default/{package}", Content = $"# Written by AppStack: changes are overwritten.\nARGS='{arguments}'\n", Group = $"{package}-start" },
        new()
        {
            Path = $"/etc/systemd/system/{unit}.d/appstack.conf",
            Content = $"""
                [Unit]
                StartLimitIntervalSec=0

                [Service]
                ExecStartPost=/bin/sh -c 'until {Curl} {url}-/healthy; do sleep 0.1; done'
                Restart=always
                RestartSec=1s

                """,
            Group = $"{package}-start",
        },
    ];

    /// <summary>The firewall: pages for administrators, and the other monitoring nodes.</summary>
    /// <param name="spec">The server.</param>
    /// <returns>What may come in.</returns>
    public static FirewallSpec Firewall(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var others = spec.Servers.Where(server => server != spec.Address).ToList();
        var rules = new List<FirewallRule>
        {
            new() { Purpose = "pages", Protocol = "tcp", Ports = [MonitoringServerSpec.PrometheusPort, MonitoringServerSpec.AlertmanagerPort], Sources = spec.Access.ManagementNetworks },
        };
        if (others.Count > 0)
        {
            rules.Add(new() { Purpose = "alerts", Protocol = "tcp", Ports = [MonitoringServerSpec.AlertmanagerPort, MonitoringServerSpec.GossipPort], Sources = [.. others] });
            rules.Add(new() { Purpose = "alerts", Protocol = "udp", Ports = [MonitoringServerSpec.GossipPort], Sources = [.. others] });
        }

        return new() { Role = Role, Access = spec.Access, Rules = [.. rules] };
    }
}
