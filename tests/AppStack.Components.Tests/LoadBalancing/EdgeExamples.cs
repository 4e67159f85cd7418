using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes;

namespace AppStack.Components.Tests.LoadBalancing;

/// <summary>Valid specifications that tests change one thing of.</summary>
internal static class EdgeExamples
{
    public static AccessSpec Access { get; } = new() { ManagementNetworks = ["10.1.0.0/24", "fd00:1::/64"], MonitoringNetworks = ["10.1.9.0/24"] };

    public static BgpRouterSpec Router { get; } = new()
    {
        Name = "router-1",
        Ipv4 = "10.1.0.254",
        Ipv6 = "fd00:1::fe",
        Asn = 65000,
        Neighbors =
        [
            new() { Name = "lb-1", Asn = 65001, Ipv4 = "10.1.0.21", Ipv6 = "fd00:1::21" },
            new() { Name = "lb-2", Asn = 65001, Ipv4 = "10.1.0.22", Ipv6 = "fd00:1::22" },
        ],
        VipPrefixes = ["10.1.100.0/24", "fd00:1:100::/64"],
        Access = Access,
    };

    public static LoadBalancerGroupSpec Group { get; } = new()
    {
        Name = "edge",
        Asn = 65001,
        Nodes =
        [
            new() { Name = "lb-1", Ipv4 = "10.1.0.21", Ipv6 = "fd00:1::21" },
            new() { Name = "lb-2", Ipv4 = "10.1.0.22", Ipv6 = "fd00:1::22" },
        ],
        Routers = [new() { Name = "router-1", Asn = 65000, Ipv4 = "10.1.0.254", Ipv6 = "fd00:1::fe" }],
        VipPrefixes = ["10.1.100.0/24", "fd00:1:100::/64"],
        Vips = [new() { Name = "city", Ipv4 = "10.1.100.1", Ipv6 = "fd00:1:100::1" }],
        Services =
        [
            new() { Name = "http", Vip = "city", Port = 80, Pool = "web" },
            new() { Name = "https", Vip = "city", Port = 443, Pool = "web-tls" },
            new() { Name = "gov-api", Vip = "city", Port = 6443, Pool = "gov-api" },
        ],
        Pools =
        [
            new() { Name = "web", Port = 30080, Members = [new() { Name = "web-1", Address = "10.1.0.31" }, new() { Name = "web-2", Address = "10.1.0.32" }] },
            new()
            {
                Name = "web-tls",
                Port = 30443,
                ProxyProtocol = false,
                Members = [new() { Name = "web-1", Address = "10.1.0.31" }, new() { Name = "web-2", Address = "10.1.0.32" }],
                Check = new() { HttpPath = null },
            },
            new()
            {
                Name = "gov-api",
                Port = 6443,
                ProxyProtocol = false,
                Members = [new() { Name = "gov-cp-1", Address = "10.1.0.51" }],
                Check = new() { HttpPath = "/readyz", Tls = true },
            },
        ],
        Access = Access,
    };

    /// <summary>The smallest group: one node, IPv4 only.</summary>
    public static LoadBalancerGroupSpec Single { get; } = Group with
    {
        Nodes = [new() { Name = "lb-1", Ipv4 = "10.1.0.21" }],
        Routers = [new() { Name = "router-1", Asn = 65000, Ipv4 = "10.1.0.254" }],
        Vips = [new() { Name = "city", Ipv4 = "10.1.100.1" }],
        Services = [new() { Name = "http", Vip = "city", Port = 80, Pool = "web" }],
        Pools = [Group.Pools[0]],
        Access = Access with { MonitoringNetworks = [] },
    };

    public static WebBackendSpec Web { get; } = new()
    {
        Name = "web-1",
        Port = 30080,
        LoadBalancerNetworks = ["10.1.0.21/32", "10.1.0.22/32"],
        DirectPort = 30081,
        DirectNetworks = ["10.1.1.0/24"],
        Access = Access,
    };
}
