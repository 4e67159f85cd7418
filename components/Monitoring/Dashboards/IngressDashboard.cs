namespace AppStack.Components.Monitoring;

/// <summary>The ingress of clusters: what citizens ask of services, and what they are answered.</summary>
internal static class IngressDashboard
{
    private const string Own = "cluster=~\"$cluster\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "ingress",
        Title = "Ingress",
        Description = "What do citizens ask of which service, what are they answered, and how fast?",
        Variables = [new("cluster", "appstack_ingress_routes")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Routes", Kind = PanelKind.Values, Queries = [new($"max by (state) (appstack_ingress_routes{{{Own}}})", "{{state}}")] },
                new() { Title = "Answers that are errors, of the last 5 minutes", Kind = PanelKind.Values, Unit = PanelUnit.Share, Queries = [new($"sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{status=~\"5..\", {Own}}}[5m]))) / sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{{Own}}}[5m])))", "{{service}}")] },
                new() { Title = "Connections", Kind = PanelKind.Values, Queries = [new($"max by (pod) (appstack_ingress_connections_reading{{{Own}}} + appstack_ingress_connections_writing + appstack_ingress_connections_waiting)", "{{pod}}")] },
                new() { Title = "Changes of the last day", Kind = PanelKind.Values, Queries = [new($"sum by (result) (max by (pod, result) (increase(appstack_ingress_reloads_total{{{Own}}}[1d])))", "{{result}}")] },
            ]),
            new("Requests",
            [
                new() { Title = "By service", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{{Own}}}[1m])))", "{{service}}")] },
                new() { Title = "By status", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (status) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{{Own}}}[1m])))", "{{status}}")] },
                new() { Title = "By pod of the ingress", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (pod) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{{Own}}}[1m])))", "{{pod}}")] },
            ]),
            new("Time",
            [
                new() { Title = "Half of the answers come within", Unit = PanelUnit.Seconds, Queries = [new($"histogram_quantile(0.5, sum by (service, le) (max by (pod, service, le) (rate(appstack_ingress_request_seconds_bucket{{{Own}}}[2m]))))", "{{service}}")] },
                new() { Title = "99 of 100 answers come within", Unit = PanelUnit.Seconds, Queries = [new($"histogram_quantile(0.99, sum by (service, le) (max by (pod, service, le) (rate(appstack_ingress_request_seconds_bucket{{{Own}}}[2m]))))", "{{service}}")] },
            ]),
        ],
    };
}
