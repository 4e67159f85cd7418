namespace AppStack.Components.Monitoring;

/// <summary>Services: what citizens get, and what it takes. Each control plane says the same of a pod, so the greatest counts.</summary>
internal static class ServicesDashboard
{
    private const string Own = "cluster=~\"$cluster\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "services",
        Title = "Services",
        Description = "What do services give out, how fast, and how are their pods?",
        Variables = [new("cluster", "appstack_kubernetes_workload_wanted")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Pods available", Kind = PanelKind.Values, Queries = [new($"max by (namespace, workload) (appstack_kubernetes_workload_available{{namespace!=\"kube-system\", {Own}}})", "{{namespace}}/{{workload}}")] },
                new() { Title = "Pods that show nothing", Kind = PanelKind.Values, Queries = [new($"max by (pod) (appstack_service_up{{{Own}}}) == 0", "{{pod}}")] },
                new() { Title = "Documents issued today", Kind = PanelKind.Values, Queries = [new($"sum by (type) (max by (pod, type) (increase(dilosi_documents_issued_total{{replayed=\"false\", {Own}}}[1d])))", "{{type}}")] },
                new() { Title = "Alerts", Kind = PanelKind.Values, Queries = [new("ALERTS{alertstate=\"firing\", namespace!=\"\"}", "{{alertname}} {{namespace}}")] },
            ]),
            new("Documents",
            [
                new() { Title = "Issued, by type of document", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (type) (max by (pod, type) (rate(dilosi_documents_issued_total{{replayed=\"false\", {Own}}}[1m])))", "{{type}}")] },
                new() { Title = "Asked for again with the same key", Unit = PanelUnit.PerSecond, Queries = [new($"sum by (type) (max by (pod, type) (rate(dilosi_documents_issued_total{{replayed=\"true\", {Own}}}[1m])))", "{{type}}")] },
                new() { Title = "Verified, by result", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (result) (max by (pod, result) (rate(dilosi_documents_verified_total{{{Own}}}[1m])))", "{{result}}")] },
            ]),
            new("Requests",
            [
                new() { Title = "Answers, by status", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (namespace, http_response_status_code) (max by (namespace, pod, http_route, http_request_method, http_response_status_code) (rate(http_server_request_duration_seconds_count{{{Own}}}[1m])))", "{{namespace}} {{http_response_status_code}}")] },
                new()
                {
                    Title = "Time of an answer, on average",
                    Unit = PanelUnit.Seconds,
                    Queries = [new($"sum by (namespace, http_route) (max by (namespace, pod, http_route, http_request_method, http_response_status_code) (rate(http_server_request_duration_seconds_sum{{{Own}}}[1m]))) / sum by (namespace, http_route) (max by (namespace, pod, http_route, http_request_method, http_response_status_code) (rate(http_server_request_duration_seconds_count{{{Own}}}[1m])))", "{{namespace}} {{http_route}}")],
                },
                new() { Title = "Statements tried again", Unit = PanelUnit.PerSecond, Queries = [new($"max by (pod) (rate(dilosi_database_retries_total{{{Own}}}[1m]))", "{{pod}}")] },
            ]),
            new("Pods",
            [
                new() { Title = "Processors", Queries = [new($"sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{{namespace!=\"kube-system\", {Own}}}[2m]))", "{{pod}}")] },
                new() { Title = "Memory", Unit = PanelUnit.Bytes, Queries = [new($"sum by (namespace, pod) (container_memory_working_set_bytes{{namespace!=\"kube-system\", {Own}}})", "{{pod}}")] },
                new() { Title = "Clients of poolers that wait", Queries = [new("sum by (node, database) (pgbouncer_pools_client_waiting_connections)", "{{node}} {{database}}")] },
            ]),
        ],
    };
}
