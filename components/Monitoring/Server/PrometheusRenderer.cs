using System.Globalization;
using System.Text;
using AppStack.Components.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>Renders Prometheus' configuration: a job for each kind of metrics, with all nodes that show it.</summary>
public static class PrometheusRenderer
{
    // Rules are cheap and alerts should not wait for them; a node that does not answer within the time-out is down.
    private static readonly TimeSpan Evaluation = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>How often what is big is looked at, at most.</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);

    // What is raised while Alertmanager is not there, or not yet known after a start, comes with the second evaluation after. Alertmanager takes an
    // alert that was not sent again for four times as long as over.
    private static readonly TimeSpan Resend = TimeSpan.FromSeconds(9);

    /// <summary>Renders <c>prometheus.yml</c>.</summary>
    /// <param name="spec">The server; must be valid.</param>
    /// <returns>The file.</returns>
    public static string Configuration(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($$"""
            # Prometheus of {{spec.Name}}; written by AppStack: changes are overwritten.
            global:
              scrape_interval: {{YamlText.Duration(spec.Interval)}}
              scrape_timeout: {{YamlText.Duration(Shorter(Timeout, spec.Interval))}}
              evaluation_interval: {{YamlText.Duration(Shorter(Evaluation, spec.Interval))}}

            rule_files:
              - {{MonitoringPaths.Rules}}/*.yml
              - {{MonitoringPaths.ForeignRules}}/*.yml

            alerting:
              alertmanagers:
                - static_configs:
                    - targets: {{YamlText.List(spec.Servers.Select(server => At(server, MonitoringServerSpec.AlertmanagerPort)))}}

            scrape_configs:

            """);
        foreach (var job in spec.Targets.GroupBy(target => target.Job, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                  - job_name: {{job.Key}}
                    scheme: https
                    metrics_path: {{NodeMetricsRenderer.Path}}
                    params: { module: [{{job.Key}}] }
                    tls_config:
                      ca_file: {{MonitoringPaths.Identity}}/ca.crt
                      cert_file: {{MonitoringPaths.Identity}}/reader.crt
                      key_file: {{MonitoringPaths.Identity}}/reader.key

                """);
            Limits(text, spec, job.Key);
            if (job.Any(target => target.Module != job.Key))
            {
                // Parameters of a job come before those of its targets, but not before what is made of labels.
                text.Append("    relabel_configs: [{ source_labels: [__module], regex: \"(.+)\", target_label: __param_module }]\n");
            }

            text.Append("    static_configs:\n");
            foreach (var target in job)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                          - targets: [{{YamlText.Quoted(At(target.Address, AccessSpec.MetricsPort))}}]
                            labels: { {{string.Join(", ", target.Labels.Select(label => $"{label.Key}: {YamlText.Quoted(label.Value)}"))}}{{(target.Module == target.Job ? "" : $", __module: {YamlText.Quoted(target.Module)}")}} }

                    """);
            }
        }

        return text.ToString();
    }

    // What is not used fills the disk, and what is big is not looked at all the time.
    private static void Limits(StringBuilder text, MonitoringServerSpec spec, string job)
    {
        if (ExporterCatalog.OfJob(job) is not { } definition)
        {
            return;
        }

        if (definition.IsBig && spec.Interval < Slow)
        {
            text.Append(CultureInfo.InvariantCulture, $"    scrape_interval: {YamlText.Duration(Slow)}\n");
        }

        if (definition.Keep is { } keep)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    metric_relabel_configs:
                      - { source_labels: [__name__], regex: {{YamlText.Quoted(keep)}}, action: keep }

                """);
        }

        if (job == new ExporterSpec(ExporterKind.Containers).Job)
        {
            // Sums of pods and of the machine, which can be added up, and names that change with each start.
            text.Append("""
                      - { source_labels: [container], regex: "|POD", action: drop }
                      - { regex: "id|image|name", action: labeldrop }

                """);
        }
    }

    /// <summary>Renders the arguments with which Debian's unit starts Prometheus.</summary>
    /// <param name="spec">The server.</param>
    /// <returns>The arguments.</returns>
    public static string Arguments(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return string.Join(
            ' ',
            $"--web.listen-address={At(spec.Address, MonitoringServerSpec.PrometheusPort)}",
            $"--storage.tsdb.retention.time={YamlText.Duration(spec.Retention)}",
            $"--rules.alert.resend-delay={YamlText.Duration(Resend)}",
            $"--web.console.templates={MonitoringPaths.Consoles}",
            $"--web.console.libraries={MonitoringPaths.ConsoleLibraries}");
    }

    internal static string At(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"{Cidr.Bracketed(address)}:{port}");

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
