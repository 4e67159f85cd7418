using System.Globalization;
using System.Text;

namespace AppStack.Components.Monitoring;

/// <summary>Renders Alertmanager's configuration: who is told what.</summary>
public static class AlertmanagerRenderer
{
    /// <summary>The receiver of alerts that nobody wants to be told; they are shown all the same.</summary>
    internal const string Nobody = "nobody";

    /// <summary>Renders <c>alertmanager.yml</c>.</summary>
    /// <param name="spec">The server; must be valid.</param>
    /// <returns>The file.</returns>
    public static string Configuration(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($"# Alertmanager of {spec.Name}; written by AppStack: changes are overwritten.\n");
        if (spec.Mail is { } mail)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                global:
                  smtp_smarthost: {YamlText.Quoted(PrometheusRenderer.At(mail.Host, mail.Port))}
                  smtp_from: {YamlText.Quoted(mail.From)}
                  smtp_require_tls: true

                """);
        }

        // A minute's grace would be most of what an alert may take: what belongs together mostly comes within seconds.
        text.Append(CultureInfo.InvariantCulture, $"""
            route:
              receiver: {Nobody}
              group_by: [alertname, environment, cluster]
              group_wait: 5s
              group_interval: 1m
              repeat_interval: 4h

            """);
        if (!spec.Receivers.IsEmpty)
        {
            text.Append("  routes:\n");
        }

        foreach (var receiver in spec.Receivers)
        {
            var severities = string.Join('|', receiver.Severities.Select(severity => severity.ToString().ToLowerInvariant()));
            text.Append(CultureInfo.InvariantCulture, $"""
                    - receiver: {receiver.Name}
                      matchers: ['severity=~"{severities}"']
                      continue: true

                """);
        }

        // Whoever knows that a node is gone need not be told what else is missing on it.
        text.Append($"""

            inhibit_rules:
              - source_matchers: [alertname="{NodeRules.NodeDown}"]
                target_matchers: [severity="{AlertSeverity.Warning.ToString().ToLowerInvariant()}"]
                equal: [environment, node]

            receivers:
              - name: {Nobody}

            """);
        foreach (var receiver in spec.Receivers)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - name: {receiver.Name}\n");
            if (receiver.Webhook is { } webhook)
            {
                text.Append(CultureInfo.InvariantCulture, $"    webhook_configs: [{{ url: {YamlText.Quoted(webhook.AbsoluteUri)}, send_resolved: true }}]\n");
            }

            if (receiver.Email is { } email)
            {
                text.Append(CultureInfo.InvariantCulture, $"    email_configs: [{{ to: {YamlText.Quoted(email)}, send_resolved: true }}]\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Renders the arguments with which Debian's unit starts Alertmanager. One alone speaks to no others.</summary>
    /// <param name="spec">The server.</param>
    /// <returns>The arguments.</returns>
    public static string Arguments(MonitoringServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var others = spec.Servers.Where(server => server != spec.Address).ToList();
        var gossip = others.Count == 0 ? "" : PrometheusRenderer.At(spec.Address, MonitoringServerSpec.GossipPort);
        return string.Join(
            ' ',
            others.Select(server => $"--cluster.peer={PrometheusRenderer.At(server, MonitoringServerSpec.GossipPort)}")
                .Prepend($"--cluster.listen-address={gossip}")
                .Prepend($"--web.listen-address={PrometheusRenderer.At(spec.Address, MonitoringServerSpec.AlertmanagerPort)}"));
    }
}
