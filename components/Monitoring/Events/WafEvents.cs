using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>
/// The way of the firewall's events: the ingress writes them to files of its node, monitoring nodes fetch what they do not have yet, through the nodes' doors and with the
/// certificate that opens them. The node's disk is the queue, and how much of a file has come is the length of its copy: restarts lose nothing and double nothing.
/// </summary>
public static class WafEvents
{
    /// <summary>What serves, collects and shows them.</summary>
    public const string Tool = "/usr/local/sbin/appstack-waf-events";

    /// <summary>The file that tells a monitoring node which workers there are: cluster, node, door.</summary>
    public const string Sources = $"{MonitoringPaths.Identity}/waf-events";

    // Beside those of the exporters, and like them on the loopback address only.
    private const int Port = 9419;
    private const string Unit = "appstack-waf-events.service";

    // Debian's nginx writes as this user (www-data).
    private const string Writer = "www-data";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The tool's text.</summary>
    public static string Text { get; } = Read();

    /// <summary>What a worker shows to the door. socat belongs to every node of a cluster.</summary>
    internal static ExporterDefinition Worker { get; } = new(Port)
    {
        IsMetrics = false,
        Path = "/",
        Unit = Unit,
        Files =
        [
            new() { Path = Tool, Content = Text, Mode = "0755" },
            new()
            {
                Path = $"/etc/systemd/system/{Unit}",
                Content = $"""
                    # Written by AppStack: changes are overwritten.
                    [Unit]
                    Description=AppStack: events of the web application firewall, for those who collect them
                    StartLimitIntervalSec=0

                    [Service]
                    User={Writer}
                    ExecStart=/usr/bin/socat TCP-LISTEN:{Port},bind={ExporterSpec.Loopback},reuseaddr,fork EXEC:"{Tool} serve"
                    Restart=always
                    RestartSec=1s
                    NoNewPrivileges=yes
                    CapabilityBoundingSet=
                    ProtectSystem=strict

                    [Install]
                    WantedBy=multi-user.target

                    """,
            },
        ],
    };

    /// <summary>What collects them on a monitoring node.</summary>
    internal static ExporterDefinition Store { get; } = TextfileCollector.Of(
        "waf-store",
        ExporterCatalog.User,
        $"{Tool} collect",
        Interval,
        "StateDirectory=appstack-waf\nStateDirectoryMode=0750\n",
        new BundleFile { Path = Tool, Content = Text, Mode = "0755" });

    private static string Read()
    {
        using var reader = new StreamReader(typeof(WafEvents).Assembly.GetManifestResourceStream("AppStack.Components.Monitoring.Events.Scripts.appstack-waf-events.sh")!);
        return reader.ReadToEnd();
    }
}
