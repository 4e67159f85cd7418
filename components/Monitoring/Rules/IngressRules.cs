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
    ]);
}
