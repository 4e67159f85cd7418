namespace AppStack.Components.Monitoring;

/// <summary>Alerts about monitoring itself.</summary>
internal static class MonitoringRules
{
    /// <summary>The alert that is always raised.</summary>
    public const string Watchdog = "Watchdog";

    public static AlertRuleGroup Group { get; } = new("monitoring",
    [
        new()
        {
            Name = Watchdog,
            Expression = "vector(1)",
            Severity = AlertSeverity.None,
            Summary = "always raised: alerts reach Alertmanager",
        },
        new()
        {
            Name = "ConfigurationNotLoaded",
            Expression = "prometheus_config_last_reload_successful == 0 or alertmanager_config_last_reload_successful == 0",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.job }} on {{ $labels.node }} works with an old configuration",
        },
        new()
        {
            Name = "RulesFail",
            Expression = "increase(prometheus_rule_evaluation_failures_total[5m]) > 0",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "rules of {{ $labels.rule_group }} cannot be evaluated on {{ $labels.node }}",
        },
        new()
        {
            // Both try again; an Alertmanager that is being restarted is no reason to wake anybody.
            Name = "AlertsNotDelivered",
            Expression = """
                increase(alertmanager_notifications_failed_total[2m]) > 0
                  or increase(prometheus_notifications_dropped_total[2m]) > 0
                """,
            For = TimeSpan.FromMinutes(3),
            Severity = AlertSeverity.Critical,
            Summary = "alerts of {{ $labels.node }} do not reach people",
        },
    ]);
}
