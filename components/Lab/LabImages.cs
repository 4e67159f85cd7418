namespace AppStack.Components.Lab;

/// <summary>
/// The images of the roles. A node's bundle installs what it needs wherever it is missing; in a lab, whose machines have
/// no way to a package mirror, it is there already, which is also why a machine is ready within seconds.
/// </summary>
public static class LabImages
{
    /// <summary>A router: BIRD and nftables.</summary>
    public static LabImageSpec Router { get; } = new("router", ["bird2", "nftables"]);

    /// <summary>A load balancer: BIRD, HAProxy and nftables.</summary>
    public static LabImageSpec LoadBalancer { get; } = new("load-balancer", ["bird2", "haproxy", "nftables"]);

    /// <summary>A web backend: nginx and nftables.</summary>
    public static LabImageSpec WebBackend { get; } = new("web-backend", ["nginx-light", "nftables"]);

    /// <summary>A client: tools that make requests (wrk looks up the port of http in netbase's list).</summary>
    public static LabImageSpec Client { get; } = new("client", ["curl", "netbase", "wrk"]);

    /// <summary>A database node: PostgreSQL, repmgr and pgBackRest; the guard's Perl comes with PostgreSQL's tools.</summary>
    public static LabImageSpec Database { get; } = new("database", ["nftables", "pgbackrest", "postgresql-15", "postgresql-15-repmgr", "repmgr"]);

    /// <summary>A witness: the guard alone, which needs the whole of Perl.</summary>
    public static LabImageSpec Witness { get; } = new("witness", ["nftables", "perl"]);

    /// <summary>A pooler: PgBouncer, and psql to look through it.</summary>
    public static LabImageSpec Pooler { get; } = new("pooler", ["nftables", "perl", "pgbouncer", "postgresql-client"]);

    /// <summary>A backup node: pgBackRest.</summary>
    public static LabImageSpec Backup { get; } = new("backup", ["nftables", "pgbackrest"]);

    /// <summary>A node for restores: pgBackRest, and the PostgreSQL that runs what was restored.</summary>
    public static LabImageSpec Restore { get; } = new("restore", ["nftables", "pgbackrest", "postgresql-15"]);

    /// <summary>A monitoring node: Prometheus and Alertmanager.</summary>
    public static LabImageSpec Monitoring { get; } = new("monitoring", ["curl", "nftables", "prometheus", "prometheus-alertmanager"]);

    /// <summary>A registry of images: Docker's registry, and nginx in front of it.</summary>
    public static LabImageSpec Registry { get; } = new("registry", ["curl", "docker-registry", "nftables", "nginx-light"]);

    /// <summary>
    /// A node of a Kubernetes cluster: containerd and what kubelet and kube-proxy call, the same packages as <c>NODE_PACKAGES</c> of the
    /// script that builds the programs.
    /// </summary>
    public static LabImageSpec Kubernetes { get; } = new(
        "kubernetes",
        ["conntrack", "containerd", "containernetworking-plugins", "ebtables", "ethtool", "etcd-client", "iptables", "nftables", "runc", "socat"]) { Kubernetes = true };
}
