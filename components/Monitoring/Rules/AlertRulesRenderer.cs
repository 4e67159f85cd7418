using System.Globalization;
using System.Text;

namespace AppStack.Components.Monitoring;

/// <summary>Renders alert rules for Prometheus.</summary>
public static class AlertRulesRenderer
{
    /// <summary>Renders the file of a group.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The file.</returns>
    public static string Render(AlertRuleGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var text = new StringBuilder($"# Alert rules; written by AppStack: changes are overwritten.\ngroups:\n  - name: {group.Name}\n    rules:\n");
        var labels = string.Concat(group.Labels.Select(label => $", {label.Key}: {YamlText.Quoted(label.Value)}"));
        foreach (var rule in group.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - alert: {rule.Name}\n        expr: |-\n{YamlText.Indented(rule.Expression, 10)}");
            if (rule.For > TimeSpan.Zero)
            {
                text.Append(CultureInfo.InvariantCulture, $"        for: {YamlText.Duration(rule.For)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $$"""
                        labels: { severity: {{rule.Severity.ToString().ToLowerInvariant()}}{{labels}} }
                        annotations:
                          summary: {{YamlText.Quoted(rule.Summary)}}
                          runbook: {{(group.Labels.IsEmpty ? rule.Runbook : YamlText.Quoted(rule.Runbook))}}

                """);
        }

        return text.ToString();
    }
}
