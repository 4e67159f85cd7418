using System.Text;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// Writes the descriptor of the lab that <c>bench nodes</c> makes for itself: 8 load balancers that may change all at once, a router
/// and a backend, so that their health gates have something to be healthy about.
/// </summary>
internal static class BenchDescriptor
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "bench";

    /// <summary>The number of load balancers; what the targets are stated for.</summary>
    public const int LoadBalancers = 8;

    /// <summary>Renders the descriptor.</summary>
    /// <param name="maxConnections">HAProxy's limit of connections: the option that the benchmark changes.</param>
    public static string Render(int maxConnections)
    {
        var yaml = new StringBuilder($$"""
            name: {{Name}}
            description: Eight load balancers that change at once, for `appstack bench nodes`
            drills: welcome
            lab:
              name: {{Name}}
              host: [10.86.0.1, "fd8a:51c0:86::1"]
            sites:
              - { name: here, racks: [r1] }
            networks:
              - { name: rack, v4: 10.86.0.0/24, v6: "fd8a:51c0:86::/64" }
            nodes:
              - { cluster: fabric, role: router,  seq: 1, site: here, rack: r1, addresses: [10.86.0.254, "fd8a:51c0:86::fe"] }
              - { cluster: web,    role: backend, seq: 1, site: here, rack: r1, addresses: [10.86.0.31, "fd8a:51c0:86::31"] }

            """);
        for (var seq = 1; seq <= LoadBalancers; seq++)
        {
            yaml.Append($"  - {{ cluster: edge,   role: load-balancer, seq: {seq}, site: here, rack: r1, addresses: [10.86.0.{100 + seq}, \"fd8a:51c0:86::{100 + seq}\"] }}\n");
        }

        yaml.Append($$"""
            edge:
              rollout: all-at-once
              announce: { v4: 10.86.100.0/24, v6: "fd8a:51c0:86:100::/64" }
              vips:
                - { name: public, v4: 10.86.100.1, v6: "fd8a:51c0:86:100::1" }
              bgp:
                asn: 65001
                neighbours:
                  - { node: fabric-router-1, asn: 65000 }
                holdTime: 9s
                keepalive: 3s
                bfd: { interval: 100ms, multiplier: 3 }
              maxConnections: {{maxConnections}}
              frontends:
                - { name: http, vip: public, port: 80, backend: web }
              backends:
                - name: web
                  cluster: web
                  port: 8080
                  proxyProtocol: v2
                  check: { path: /health, interval: 500ms, fall: 2, rise: 2 }

            """);
        return yaml.ToString();
    }
}
