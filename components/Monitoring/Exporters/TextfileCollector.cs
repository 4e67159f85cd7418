using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>
/// Metrics that a tool of the node prints: a unit of their own calls it again and again and puts what it says into a file, which the node's exporter shows. When it fails
/// the file stays as it was, and its age tells.
/// </summary>
internal static class TextfileCollector
{
    /// <summary>Where the files are: each collector has a folder of its own, as its own user.</summary>
    public const string Folders = "/run/appstack-metrics-*";

    /// <summary>A collector.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="user">Whom it runs as.</param>
    /// <param name="command">What prints the metrics; with the exit code 3 the unit starts anew.</param>
    /// <param name="interval">How long it waits in between.</param>
    /// <param name="more">Further lines of the section <c>Service</c>.</param>
    /// <param name="files">Further files.</param>
    public static ExporterDefinition Of(string name, string user, string command, TimeSpan interval, string more = "", params ReadOnlySpan<BundleFile> files)
    {
        var unit = $"appstack-metrics-{name}.service";
        var folder = Folders.Replace("*", name, StringComparison.Ordinal);
        return new(null)
        {
            Unit = unit,
            Files =
            [
                new()
                {
                    Path = $"/etc/systemd/system/{unit}",
                    Content = $"""
                        # Written by AppStack: changes are overwritten.
                        [Unit]
                        Description=AppStack: metrics of {name}
                        StartLimitIntervalSec=0

                        [Service]
                        User={user}
                        RuntimeDirectory=appstack-metrics-{name}
                        {more}ExecStart=/bin/sh -c 'while :; do if {command} >{folder}/part; then mv {folder}/part {folder}/{name}.prom; elif [ $$? -eq 3 ]; then exit; fi; sleep {interval.TotalSeconds:0}; done'
                        Restart=always
                        RestartSec=5s
                        NoNewPrivileges=yes
                        ProtectSystem=full

                        [Install]
                        WantedBy=multi-user.target

                        """,
                },
                .. files,
            ],
        };
    }
}
