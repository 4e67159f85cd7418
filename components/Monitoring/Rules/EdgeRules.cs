namespace AppStack.Components.Monitoring;

/// <summary>Alerts about routers and load balancers.</summary>
internal static class EdgeRules
{
    public static AlertRuleGroup Group { get; } = new("edge",
    [
        new()
        {
            Name = "NoLoadBalancer",
            Expression = "sum by (environment) (up{job=\"haproxy\"}) == 0",
            For = TimeSpan.FromSeconds(10),
            Severity = AlertSeverity.Critical,
            Summary = "no load balancer of {{ $labels.environment }} answers",
        },
        new()
        {
            Name = "NoBackendServer",
            Expression = "haproxy_backend_active_servers == 0",
            For = TimeSpan.FromSeconds(10),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $labels.node }} has no working server for {{ $labels.proxy }}: citizens get no answer",
        },
        new()
        {
            Name = "BackendServerDown",
            Expression = "haproxy_server_status{state=\"DOWN\"} == 1",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} sends nothing to {{ $labels.server }} of {{ $labels.proxy }}, whose health checks fail",
        },
        new()
        {
            Name = "BgpSessionDown",
            Expression = "bird_protocol_up{proto=\"BGP\"} == 0",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "the BGP session {{ $labels.name }} of {{ $labels.node }} is down",
        },
        new()
        {
            Name = "ConnectionsNearLimit",
            Expression = "haproxy_process_current_connections / haproxy_process_max_connections > 0.8",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "HAProxy on {{ $labels.node }} holds {{ $value | humanizePercentage }} of the connections it may",
        },
    ]);
}
