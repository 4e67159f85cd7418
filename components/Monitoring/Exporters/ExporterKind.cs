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

    /// <summary>PgBouncer: pools, clients that wait (the pooler's own tool).</summary>
    PgBouncer,

    /// <summary>Prometheus, by an endpoint of its own.</summary>
    Prometheus,

    /// <summary>Alertmanager, by an endpoint of its own.</summary>
    Alertmanager,
}
