namespace AppStack.Components.Monitoring;

/// <summary>The web application firewall. Who asked, with which program and for what is in its audit events, which are too many for labels.</summary>
internal static class WafDashboard
{
    private const string Own = "cluster=~\"$cluster\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "waf",
        Title = "WAF",
        Description = "What does the web application firewall refuse, and which of its rules match?",
        Variables = [new("cluster", "appstack_ingress_routes")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Refused, of the last 10 minutes", Kind = PanelKind.Values, Unit = PanelUnit.Share, Queries = [new($"sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{status=\"403\", {Own}}}[10m]))) / sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{{Own}}}[10m])))", "{{service}}")] },
                new() { Title = "Rules that matched most, last hour", Kind = PanelKind.Values, Queries = [new($"topk(10, sum by (service, rule) (max by (pod, service, rule) (increase(appstack_ingress_waf_rules_total{{{Own}}}[1h]))))", "{{service}} {{rule}}")] },
            ]),
            new("Over time",
            [
                new() { Title = "Refused, by service", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{status=\"403\", {Own}}}[1m])))", "{{service}}")] },
                new() { Title = "Rules that match, by service", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (service) (max by (pod, service, rule) (rate(appstack_ingress_waf_rules_total{{{Own}}}[1m])))", "{{service}}")] },
                new() { Title = "Rules that match", Unit = PanelUnit.PerSecond, Queries = [new($"topk(10, sum by (rule) (max by (pod, service, rule) (rate(appstack_ingress_waf_rules_total{{{Own}}}[5m]))))", "{{rule}}")] },
                new() { Title = "Too many requests", Unit = PanelUnit.PerSecond, Queries = [new($"sum by (service) (max by (pod, service, status) (rate(appstack_ingress_requests_total{{status=\"429\", {Own}}}[1m])))", "{{service}}")] },
            ]),
        ],
    };
}
