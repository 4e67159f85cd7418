namespace AppStack.Components.Monitoring;

/// <summary>What a node shows metrics of.</summary>
public enum ExporterKind
{
    /// <summary>The machine itself: processors, memory, disks, networks, systemd units (node_exporter).</summary>
    Node,

    /// <summary>HAProxy, by an endpoint of its own.</summary>
    HAProxy,

    /// <summary>BIRD: sessions and routes (bird_exporter).</summary>
    Bird,

    /// <summary>A PostgreSQL server (postgres_exporter).</summary>
    Postgres,

    /// <summary>The guard of a database cluster's voter: who leads, who votes, what is held (its own endpoint).</summary>
    Guard,

    /// <summary>What pgBackRest of a backup node has (the tool of the node, through the node's own exporter).</summary>
    Backups,

    /// <summary>When certificates of the platform end (a tool of the node, through the node's own exporter).</summary>
    Certificates,

    /// <summary>The API server of a control plane.</summary>
    ApiServer,

    /// <summary>The scheduler of a control plane.</summary>
    Scheduler,

    /// <summary>The controller manager of a control plane.</summary>
    ControllerManager,

    /// <summary>The member of etcd of a control plane.</summary>
    Etcd,

    /// <summary>The objects of a Kubernetes cluster and its certificates (a reader on the control plane, through the node's own exporter).</summary>
    KubernetesObjects,

    /// <summary>The kubelet of a node, asked by a control plane.</summary>
    Kubelet,

    /// <summary>What containers of a node use, as its kubelet says; asked by a control plane.</summary>
    Containers,

    /// <summary>Events of the web application firewall on a worker; no metrics.</summary>
    WafEvents,

    /// <summary>What collects these events on a monitoring node (the tool of the node, through the node's own exporter).</summary>
    WafStore,

    /// <summary>PgBouncer: pools, clients that wait (the pooler's own tool).</summary>
    PgBouncer,

    /// <summary>Prometheus, by an endpoint of its own.</summary>
    Prometheus,

    /// <summary>Alertmanager, by an endpoint of its own.</summary>
    Alertmanager,
}
