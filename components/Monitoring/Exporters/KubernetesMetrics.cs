using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Monitoring;

/// <summary>
/// How a control plane shows what its cluster says of itself. The door asks as a user of the cluster that may read metrics and list workloads, and nothing else
/// (<c>appstack-metrics</c>); its certificate is made on the control plane by the cluster's own authority, and never leaves it.
/// </summary>
internal static class KubernetesMetrics
{
    // Kubernetes' own ports; etcd's is the one of kubeadm, on the loopback address and in clear.
    public const int ApiServerPort = 6443;
    public const int SchedulerPort = 10259;
    public const int ControllerManagerPort = 10257;
    public const int EtcdPort = 2381;
    public const int KubeletPort = 10250;

    // An API server has ten thousand series; what dashboards and alerts use are these.
    public const string OfApiServer = "apiserver_request_total|apiserver_current_inflight_requests|process_cpu_seconds_total|process_resident_memory_bytes";
    public const string OfScheduler = "scheduler_pending_pods|scheduler_schedule_attempts_total";
    public const string OfControllerManager = "leader_election_master_status";
    public const string OfEtcd = "etcd_server_(has_leader|leader_changes_seen_total|proposals_failed_total|quota_backend_bytes)|etcd_mvcc_db_total_size_in_bytes|etcd_disk_wal_fsync_duration_seconds_bucket";
    public const string OfKubelet = "kubelet_running_pods|kubelet_certificate_manager_client_ttl_seconds";
    public const string OfContainers = "container_cpu_usage_seconds_total|container_memory_working_set_bytes";

    private const string Folder = "/etc/appstack/metrics";
    private const string Tool = "/usr/local/sbin/appstack-metrics-kubernetes";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>What the door shows.</summary>
    public static ExporterTls Tls { get; } = new($"{Folder}/cluster.crt", $"{Folder}/cluster.key");

    /// <summary>The reader of objects. Before each start root makes the certificate where there is none of the cluster, or it ends soon.</summary>
    public static ExporterDefinition Objects { get; } = TextfileCollector.Of(
        "kubernetes",
        ExporterCatalog.User,
        $"{Tool} show",
        Interval,
        $"ExecStartPre=+{Tool} identity\n",
        new BundleFile { Path = Tool, Content = KubernetesScripts.Metrics, Mode = "0755" });
}
