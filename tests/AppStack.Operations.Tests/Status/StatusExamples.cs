using AppStack.Components.Monitoring;
using AppStack.Operations.Status;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;

namespace AppStack.Operations.Tests.Status;

/// <summary>A platform of every part, whole and with faults of every kind.</summary>
internal static class StatusExamples
{
    public static EnvironmentSpec Environment { get; } = EnvironmentReader.Read(
        new StringReader("""
            name: example
            description: Every part once, and what is many at least twice
            drills: welcome
            lab: { name: example, host: [10.66.0.1, 10.66.1.1] }
            sites: [{ name: here, racks: [r1, r2, r3] }]
            networks:
              - { name: rack, v4: 10.66.0.0/24, v6: "fd66::/64" }
              - { name: city, v4: 10.66.1.0/24, v6: "fd66:1::/64" }
            nodes:
              - { cluster: city,   role: client,        seq: 1, site: here, rack: r1, addresses: [10.66.1.10, "fd66:1::10"] }
              - { cluster: fabric, role: router,        seq: 1, site: here, rack: r1, addresses: [10.66.0.254, "fd66::fe", 10.66.1.254, "fd66:1::fe"] }
              - { cluster: edge,   role: load-balancer, seq: 1, site: here, rack: r1, addresses: [10.66.0.21, "fd66::21"] }
              - { cluster: edge,   role: load-balancer, seq: 2, site: here, rack: r2, addresses: [10.66.0.22, "fd66::22"] }
              - { cluster: web,    role: backend,       seq: 1, site: here, rack: r1, addresses: [10.66.0.31, "fd66::31"] }
              - { cluster: gov,    role: control-plane, seq: 1, site: here, rack: r1, addresses: [10.66.0.51, "fd66::51"] }
              - { cluster: gov,    role: worker,        seq: 1, site: here, rack: r2, addresses: [10.66.0.52, "fd66::52"] }
              - { cluster: gov,    role: worker,        seq: 2, site: here, rack: r3, addresses: [10.66.0.53, "fd66::53"] }
              - { cluster: main,   role: pooler,        seq: 1, site: here, rack: r1, addresses: [10.66.0.46] }
              - { cluster: main,   role: pooler,        seq: 2, site: here, rack: r2, addresses: [10.66.0.47] }
              - { cluster: main,   role: database,      seq: 1, site: here, rack: r1, addresses: [10.66.0.41], memory: 512, cores: 1 }
              - { cluster: main,   role: database,      seq: 2, site: here, rack: r2, addresses: [10.66.0.42], memory: 512, cores: 1 }
              - { cluster: main,   role: database,      seq: 3, site: here, rack: r3, addresses: [10.66.0.43], memory: 512, cores: 1 }
              - { cluster: vault,  role: backup,        seq: 1, site: here, rack: r3, addresses: [10.66.0.49] }
              - { cluster: watch,  role: monitoring,    seq: 1, site: here, rack: r3, addresses: [10.66.0.61, "fd66::61"] }
            edge:
              announce: { v4: 10.66.100.0/24, v6: "fd66:100::/64" }
              vips: [{ name: public, v4: 10.66.100.1, v6: "fd66:100::1" }]
              bgp: { asn: 65001, neighbours: [{ node: fabric-router-1, asn: 65000 }], holdTime: 9s, keepalive: 3s, bfd: { interval: 100ms, multiplier: 3 } }
              maxConnections: 4000
              frontends: [{ name: http, vip: public, port: 80, backend: web }]
              backends: [{ name: web, cluster: web, port: 8080, proxyProtocol: v2, check: { path: /health, interval: 500ms } }]
            clusters: [{ name: gov, version: "1.20.2", podNetwork: 10.66.128.0/17, serviceNetwork: 10.66.64.0/19 }]
            databases: [{ name: main, version: 15, maxConnections: 100, services: [{ name: dilosi, pool: 10 }, { name: archive, pool: 5 }] }]
            monitoring: { interval: 5s }
            """),
        "example",
        "example.yaml");

    public static DateTimeOffset SeenAt { get; } = new(2026, 11, 26, 18, 5, 12, TimeSpan.Zero);

    private static VerifyCheck[] Checks { get; } =
    [
        .. Environment.Nodes.Select(node => new VerifyCheck("ssh", node.Name, Ok: true, $"root@{node.Management} answers")),
        new("vip-ipv4", "city-client-1", Ok: true, "http://10.66.100.1:80/: 24 of 24 answered, slowest 7 ms") { About = "10.66.100.1" },
        new("vip-ipv4-paths", "city-client-1", Ok: true, "answered through edge-lb-1, edge-lb-2") { About = "10.66.100.1" },
        new("bgp", "fabric-router-1", Ok: true, "edge-lb-1: 10.66.0.21, fd66::21 established") { About = "edge-lb-1" },
        new("bgp", "fabric-router-1", Ok: true, "edge-lb-2: 10.66.0.22, fd66::22 established") { About = "edge-lb-2" },
        new("routes", "fabric-router-1", Ok: true, "10.66.100.1 via 10.66.0.21, 10.66.0.22") { About = "10.66.100.1" },
        new("servers", "edge-lb-1", Ok: true, "1 up"),
        new("servers", "edge-lb-2", Ok: true, "1 up"),
        new("nodes", "gov-cp-1", Ok: true, "gov-cp-1, gov-worker-1, gov-worker-2 ready, v1.20.2"),
        new("workload", "gov-cp-1", Ok: true, "ingress/nginx: 2 of 2 available") { About = "daemonset/ingress/nginx", Now = "2 of 2" },
        new("workload", "gov-cp-1", Ok: true, "dilosi/dilosi: 3 of 3 available") { About = "deployment/dilosi/dilosi", Now = "3 of 3" },
        new("pooler", "main-pooler-1", Ok: true, "leads to main-db-2"),
        new("pooler", "main-pooler-2", Ok: true, "leads to main-db-2"),
        new("topology", "main-db-1", Ok: true, "standby in term 2, led by main-db-2, sees 3 of 3 voters") { Now = "standby" },
        new("topology", "main-db-2", Ok: true, "leader in term 2, led by main-db-2, sees 3 of 3 voters") { Now = "leader" },
        new("topology", "main-db-3", Ok: true, "standby in term 2, led by main-db-2, sees 3 of 3 voters") { Now = "standby" },
        new("backup", "vault-backup-1", Ok: true, "main: 20261126-170512F of 2026-11-26 17:05 UTC, 31.2 MiB; WAL up to 00000002000000000000000C"),
        new("targets", "watch-monitor-1", Ok: true, "31 up"),
    ];

    /// <summary>As it should be.</summary>
    public static StatusMap Whole { get; } = Map(Checks, []);

    /// <summary>A load balancer and a database node are gone, and more.</summary>
    public static StatusMap Faulty { get; } = Map(
        [
            .. Checks.Where(check => check.Node is not ("edge-lb-2" or "main-db-1")).Select(Fault),
            new VerifyCheck("ssh", "edge-lb-2", Ok: false, "cannot reach root@10.66.0.22: No route to host"),
            new VerifyCheck("ssh", "main-db-1", Ok: true, "root@10.66.0.41 answers"),
            new VerifyCheck("topology", "main-db-1", Ok: false, "held in term 2, led by main-db-2, sees 3 of 3 voters; it is held: its data went another way than the leader's") { Now = "held" },
        ],
        [
            new("NodeDown", AlertSeverity.Critical, "edge-lb-2", "edge", "edge-lb-2 (here r2) does not answer", "docs/operations/alerts.md#nodedown"),
            new("StandbyMissing", AlertSeverity.Warning, "", "main", "only 1 standbys of the database cluster main stream", "docs/operations/alerts.md#standbymissing"),
            new("ClientsWait", AlertSeverity.Warning, "main-pooler-1", "main", "clients of dilosi have waited 6 s at main-pooler-1 for a connection", "docs/operations/alerts.md#clientswait"),
            new("SomebodyElses", AlertSeverity.Warning, "", "", "a rule that <this> program does not know & has \"quotes\"", ""),
        ]);

    private static VerifyCheck Fault(VerifyCheck check) => check switch
    {
        { Name: "vip-ipv4-paths" } => check with { Ok = false, Detail = "no answer came through edge-lb-2" },
        { Name: "bgp", About: "edge-lb-2" } => check with { Ok = false, Detail = "edge-lb-2: 10.66.0.22 Active (Socket: No route to host); expected Established" },
        { Name: "routes" } => check with { Ok = false, Detail = "10.66.100.1: only via 10.66.0.21; missing next hop edge-lb-2" },
        { About: "deployment/dilosi/dilosi" } => check with { Ok = false, Detail = "dilosi/dilosi: 1 of 3 available", Now = "1 of 3" },
        _ => check,
    };

    private static StatusMap Map(IReadOnlyList<VerifyCheck> checks, IReadOnlyList<RaisedAlert> alerts) =>
        StatusMap.Of(Environment, new VerifyReport(checks, 812.4) { Alerts = alerts }, SeenAt);
}
