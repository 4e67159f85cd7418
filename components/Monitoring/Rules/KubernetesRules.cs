namespace AppStack.Components.Monitoring;

/// <summary>Alerts about Kubernetes clusters themselves.</summary>
internal static class KubernetesRules
{
    public static AlertRuleGroup Group { get; } = new("kubernetes",
    [
        new()
        {
            Name = "ApiServersDown",
            Expression = "sum by (environment, cluster) (up{job=\"apiserver\"}) == 0",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Critical,
            Summary = "no API server of {{ $labels.cluster }} answers: pods run on, nothing is changed or healed",
        },
        new()
        {
            // 3 %, as the rules that Kubernetes' own community keeps (kubernetes-mixin).
            Name = "ApiErrors",
            Expression = """
                sum by (environment, cluster) (rate(apiserver_request_total{code=~"5.."}[5m]))
                  / sum by (environment, cluster) (rate(apiserver_request_total[5m])) > 0.03
                """,
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $value | humanizePercentage }} of the requests to the API of {{ $labels.cluster }} fail",
        },
        new()
        {
            // Called like the node it is about, so that it is held back while that node is down.
            Name = "KubernetesNodeNotReady",
            Expression = "label_replace(max by (environment, cluster, member) (appstack_kubernetes_node_ready) == 0, \"node\", \"$1\", \"member\", \"(.*)\")",
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.node }} is not ready: its pods move to other nodes",
        },
        new()
        {
            Name = "EtcdNoLeader",
            Expression = "etcd_server_has_leader == 0",
            For = TimeSpan.FromSeconds(15),
            Severity = AlertSeverity.Critical,
            Summary = "the member of etcd on {{ $labels.node }} knows no leader: the API takes no writes",
        },
        new()
        {
            // etcd's own advice is 10 ms; its own rules (etcd-mixin) warn at half a second.
            Name = "EtcdSlow",
            Expression = "histogram_quantile(0.99, rate(etcd_disk_wal_fsync_duration_seconds_bucket[5m])) > 0.5",
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Warning,
            Summary = "etcd on {{ $labels.node }} waits {{ $value | humanizeDuration }} for its disk",
        },
        new()
        {
            Name = "EtcdSpaceShort",
            Expression = "etcd_mvcc_db_total_size_in_bytes / etcd_server_quota_backend_bytes > 0.8",
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Warning,
            Summary = "etcd on {{ $labels.node }} uses {{ $value | humanizePercentage }} of the room that it may use",
        },
        new()
        {
            // kubeadm's are renewed with 90 days left, and kubelet's own in time, too.
            Name = "CertificateEnds",
            Expression = """
                (min by (environment, cluster, node, file) (appstack_certificate_end_seconds) - time() < 30 * 86400)
                  or kubelet_certificate_manager_client_ttl_seconds < 30 * 86400
                """,
            For = TimeSpan.FromHours(1),
            Severity = AlertSeverity.Warning,
            Summary = "a certificate of {{ $labels.node }} ends in {{ $value | humanizeDuration }}; what renews it does not work",
        },
    ]);
}
