namespace AppStack.Components.Monitoring;

/// <summary>Alerts about the ingress of clusters and its web application firewall.</summary>
internal static class IngressRules
{
    public static AlertRuleGroup Group { get; } = new("ingress",
    [
        new()
        {
            Name = "RoutesHeld",
            Expression = "max by (environment, cluster) (appstack_ingress_routes{state=\"held\"}) > 0",
            For = TimeSpan.FromMinutes(2),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $value }} routes of {{ $labels.cluster }} are held back: nginx does not accept them",
        },
        new()
        {
            // A single failure of a service that is hardly used is no reason to write to anybody.
            Name = "ServiceErrors",
            Expression = """
                sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total{status=~"5.."}[5m])))
                  / sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total[5m]))) > 0.05
                  and sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total{status=~"5.."}[5m]))) > 0.1
                """,
            For = TimeSpan.FromMinutes(2),
            Severity = AlertSeverity.Critical,
            Summary = "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} fail",
        },
        new()
        {
            // An attack, or a rule that does not suit a form: both are to be looked at.
            Name = "FirewallBlocksMuch",
            Expression = """
                sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total{status="403"}[10m])))
                  / sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total[10m]))) > 0.2
                  and sum by (environment, cluster, service) (max by (environment, cluster, pod, service, status) (rate(appstack_ingress_requests_total{status="403"}[10m]))) > 1
                """,
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} are refused",
        },
        new()
        {
            // They wait on the node for a week; a worker that was away has some to tell when it is back.
            Name = "FirewallEventsWait",
            Expression = "min by (environment, of, member) (appstack_waf_store_reached) == 0 or max by (environment, of, member) (appstack_waf_store_behind_bytes) > 1e6",
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Warning,
            Summary = "events of the firewall on {{ $labels.member }} do not reach the store",
        },
        new()
        {
            Name = "FirewallEventsLost",
            Expression = "sum by (environment, cluster) (max by (environment, cluster, pod) (increase(appstack_ingress_events_total{result=\"lost\"}[10m]))) > 0",
            Severity = AlertSeverity.Warning,
            Summary = "events of the firewall of {{ $labels.cluster }} could not be written to their node's disk",
        },
    ]);
}
