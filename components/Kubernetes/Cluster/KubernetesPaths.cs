namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Where the parts of a cluster are on its nodes.</summary>
public static class KubernetesPaths
{
    /// <summary>The tool of deployments, operations and people; it lists its verbs.</summary>
    public const string Tool = "/usr/local/sbin/appstack-kubernetes";

    /// <summary>Snapshots of etcd on control planes.</summary>
    public const string Snapshots = "/var/lib/appstack/etcd-snapshots";

    /// <summary>The snapshot of a rehearsal.</summary>
    public const string Rehearsal = "/var/lib/appstack/etcd-rehearsal";

    /// <summary>kubectl as the administrator, on a control plane; programs that were built are not where packages put theirs.</summary>
    public const string Kubectl = $"{Tool} kubectl";
}
