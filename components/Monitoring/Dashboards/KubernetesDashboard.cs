namespace AppStack.Components.Monitoring;

/// <summary>Kubernetes clusters.</summary>
internal static class KubernetesDashboard
{
    private const string Own = "cluster=~\"$cluster\"";

    public static Dashboard Page { get; } = new()
    {
        Name = "kubernetes",
        Title = "Kubernetes",
        Description = "Are nodes and control planes well, do all pods run, and who uses what?",
        Variables = [new("cluster", "appstack_kubernetes_node_ready")],
        Rows =
        [
            new("Now",
            [
                new() { Title = "Ready (1: yes)", Kind = PanelKind.Values, Queries = [new($"max by (member) (appstack_kubernetes_node_ready{{{Own}}})", "{{member}}")] },
                new() { Title = "Parts that answer (1: yes)", Kind = PanelKind.Values, Queries = [new($"up{{job=~\"apiserver|scheduler|controllermanager|etcd\", {Own}}}", "{{node}} {{job}}")] },
                new() { Title = "Pods that are missing", Kind = PanelKind.Values, Queries = [new($"max by (namespace, workload) (appstack_kubernetes_workload_wanted{{{Own}}} - appstack_kubernetes_workload_available) > 0", "{{namespace}}/{{workload}}")] },
                new() { Title = "The first certificate ends in", Kind = PanelKind.Values, Unit = PanelUnit.Seconds, Queries = [new($"min by (node) (appstack_certificate_end_seconds{{{Own}}}) - time()", "{{node}}"), new($"min by (node) (kubelet_certificate_manager_client_ttl_seconds{{{Own}}})", "{{node}} kubelet")] },
            ]),
            new("Pods",
            [
                new() { Title = "Pods", Kind = PanelKind.Stacked, Queries = [new($"sum by (namespace, phase) (max without (node) (appstack_kubernetes_pods{{{Own}}}))", "{{namespace}} {{phase}}")] },
                new() { Title = "Pods on nodes", Kind = PanelKind.Stacked, Queries = [new($"kubelet_running_pods{{{Own}}}", "{{node}}")] },
                new() { Title = "Restarts so far", Queries = [new($"max by (namespace, workload) (appstack_kubernetes_restarts{{{Own}}}) > 0", "{{namespace}}/{{workload}}")] },
                new() { Title = "Pods that wait for the scheduler", Queries = [new($"sum by (queue) (scheduler_pending_pods{{{Own}}})", "{{queue}}")] },
            ]),
            new("What pods use",
            [
                new() { Title = "Processors", Kind = PanelKind.Stacked, Queries = [new($"sum by (namespace) (rate(container_cpu_usage_seconds_total{{{Own}}}[2m]))", "{{namespace}}")] },
                new() { Title = "Memory", Kind = PanelKind.Stacked, Unit = PanelUnit.Bytes, Queries = [new($"sum by (namespace) (container_memory_working_set_bytes{{{Own}}})", "{{namespace}}")] },
            ]),
            new("API",
            [
                new() { Title = "Requests", Kind = PanelKind.Stacked, Unit = PanelUnit.PerSecond, Queries = [new($"sum by (verb) (rate(apiserver_request_total{{{Own}}}[2m]))", "{{verb}}")] },
                new() { Title = "Requests that failed", Unit = PanelUnit.PerSecond, Queries = [new($"sum by (code) (rate(apiserver_request_total{{code=~\"5..|429\", {Own}}}[2m]))", "{{code}}")] },
                new() { Title = "Requests in flight", Queries = [new($"sum by (node, request_kind) (apiserver_current_inflight_requests{{{Own}}})", "{{node}} {{request_kind}}")] },
            ]),
            new("etcd",
            [
                new() { Title = "Wait for the disk, 99 of 100", Unit = PanelUnit.Seconds, Queries = [new($"histogram_quantile(0.99, sum by (node, le) (rate(etcd_disk_wal_fsync_duration_seconds_bucket{{{Own}}}[5m])))", "{{node}}")] },
                new() { Title = "Size", Unit = PanelUnit.Bytes, Queries = [new($"etcd_mvcc_db_total_size_in_bytes{{{Own}}}", "{{node}}")] },
                new() { Title = "Changes of the leader", Queries = [new($"increase(etcd_server_leader_changes_seen_total{{{Own}}}[10m])", "{{node}}")] },
            ]),
        ],
    };
}
