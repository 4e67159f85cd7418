using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>
/// When the certificates end that a node has of the platform's authorities: servers, poolers, backups, metrics, and the authorities' own. An <c>up</c> now and then issues new ones long before
/// (<see cref="Certificates.CertificatePeriod"/>); where nobody runs one for months all connections between the parts end with them.
/// </summary>
internal static class NodeCertificates
{
    /// <summary>What prints the metrics.</summary>
    public const string Tool = "/usr/local/sbin/appstack-metrics-certificates";

    /// <summary>The metric: seconds since 1970, with the label <c>file</c>. Kubernetes' own have a metric and rules of their own.</summary>
    public const string Metric = "appstack_node_certificate_end_seconds";

    // The age that MetricsStale allows is 5 minutes.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    /// <summary>The tool's text. A certificate that cannot be read fails it, so that the file gets old and is told; below APPSTACK_ROOT for tests.</summary>
    public const string Text = $$"""
        #!/bin/sh
        # When the certificates of this node end, for Prometheus; written by AppStack: changes are overwritten.
        set -eu
        root=${APPSTACK_ROOT:-}
        find "$root/etc/appstack" -name '*.crt' 2>/dev/null | sort | while read -r file; do
          end=$(openssl x509 -noout -enddate -in "$file")
          printf '{{Metric}}{file="%s"} %s\n' "${file#"$root"}" "$(date -d "${end#notAfter=}" +%s)"
        done

        """;

    /// <summary>Certificates are for everybody to read; their keys are not, and nothing reads them.</summary>
    public static ExporterDefinition Definition { get; } =
        TextfileCollector.Of("certificates", ExporterCatalog.User, Tool, Interval, "CapabilityBoundingSet=\n", new BundleFile { Path = Tool, Content = Text, Mode = "0755" });
}
