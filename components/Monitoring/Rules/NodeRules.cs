namespace AppStack.Components.Monitoring;

/// <summary>Alerts about machines.</summary>
internal static class NodeRules
{
    /// <summary>The alert that hushes warnings about the same node.</summary>
    public const string NodeDown = "NodeDown";

    /// <summary>
    /// A node is told down when looks failed for this long. With the default interval that are at least two: next look (15 s), its time-out (5 s),
    /// this, evaluation (5 s) and Alertmanager's wait (5 s) make 50 s at most.
    /// </summary>
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(20);

    public static AlertRuleGroup Group { get; } = new("nodes",
    [
        new()
        {
            Name = NodeDown,
            Expression = "up{job=\"node\"} == 0",
            For = Down,
            Severity = AlertSeverity.Critical,
            Summary = "{{ $labels.node }} ({{ $labels.site }} {{ $labels.rack }}) does not answer",
        },
        new()
        {
            Name = "ExporterDown",
            Expression = "up{job!=\"node\"} == 0 unless on (environment, node) up{job=\"node\"} == 0",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} shows nothing of {{ $labels.job }}",
        },
        new()
        {
            Name = "UnitFailed",
            Expression = "node_systemd_unit_state{state=\"failed\"} == 1",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.name }} on {{ $labels.node }} has failed",
        },
        new()
        {
            Name = "DiskFull",
            Expression = "node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.05",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $labels.mountpoint }} on {{ $labels.node }} has {{ $value | humanizePercentage }} left",
        },
        new()
        {
            Name = "DiskFills",
            Expression = """
                predict_linear(node_filesystem_avail_bytes[1h], 24 * 3600) < 0
                  and node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.25
                """,
            For = TimeSpan.FromMinutes(30),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.mountpoint }} on {{ $labels.node }} is full within a day",
        },
        new()
        {
            Name = "MemoryShort",
            Expression = "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.05",
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} has {{ $value | humanizePercentage }} of its memory left",
        },
        new()
        {
            Name = "ClockOff",
            Expression = "abs(node_time_seconds - timestamp(node_time_seconds)) > 2",
            For = TimeSpan.FromMinutes(2),
            Severity = AlertSeverity.Warning,
            Summary = "the clock of {{ $labels.node }} is off by {{ $value | humanizeDuration }}",
        },
        new()
        {
            // An up now and then never lets one come so near to its end; there is time for one in working hours.
            Name = "NodeCertificateEnds",
            Expression = $"{NodeCertificates.Metric} - time() < 21 * 86400",
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.file }} of {{ $labels.node }} ends in {{ $value | humanizeDuration }}",
        },
        new()
        {
            Name = "NodeCertificateEndsSoon",
            Expression = $"{NodeCertificates.Metric} - time() < 7 * 86400",
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $labels.file }} of {{ $labels.node }} ends in {{ $value | humanizeDuration }}; then nothing connects to it any more",
        },
        new()
        {
            Name = "MetricsStale",
            Expression = "time() - node_textfile_mtime_seconds > 300",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.file }} on {{ $labels.node }} is {{ $value | humanizeDuration }} old",
        },
    ]);
}
