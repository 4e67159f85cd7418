namespace AppStack.Components.Monitoring;

/// <summary>Where things lie on a monitoring node; where Debian's packages have a place, it is that.</summary>
public static class MonitoringPaths
{
    /// <summary>Prometheus' configuration.</summary>
    public const string Prometheus = "/etc/prometheus/prometheus.yml";

    /// <summary>The folder of alert rules, a file for each group.</summary>
    public const string Rules = "/etc/prometheus/rules";

    /// <summary>The folder of alert rules that are not the platform's: a file for each service.</summary>
    public const string ForeignRules = "/etc/prometheus/services";

    /// <summary>The folder of console pages.</summary>
    public const string Consoles = "/etc/prometheus/consoles";

    /// <summary>The folder of templates for console pages.</summary>
    public const string ConsoleLibraries = "/etc/prometheus/console_libraries";

    /// <summary>Alertmanager's configuration.</summary>
    public const string Alertmanager = "/etc/prometheus/alertmanager.yml";

    /// <summary>The folder of the reader's certificate.</summary>
    public const string Identity = "/etc/appstack/monitoring";

    /// <summary>Prometheus' unit.</summary>
    public const string PrometheusUnit = "prometheus.service";

    /// <summary>Alertmanager's unit.</summary>
    public const string AlertmanagerUnit = "prometheus-alertmanager.service";
}
