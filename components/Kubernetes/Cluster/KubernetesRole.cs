namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>What a node does in a cluster.</summary>
public enum KubernetesRole
{
    /// <summary>Runs API server, controllers, scheduler and a member of etcd; no pods of workloads.</summary>
    ControlPlane,

    /// <summary>Runs pods.</summary>
    Worker,
}
