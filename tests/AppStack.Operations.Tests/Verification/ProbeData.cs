using System.Net;
using System.Runtime.CompilerServices;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

/// <summary>What the probe script printed on the nodes of a real lab, and what was expected of them.</summary>
internal static class ProbeData
{
    private static readonly IPAddress[] VirtualAddresses = [IPAddress.Parse("10.66.100.1"), IPAddress.Parse("fd66:100::1")];

    private static readonly NeighbourExpectation[] LoadBalancers =
    [
        new("lb1", IPAddress.Parse("10.66.0.21"), IPAddress.Parse("fd66::21")),
        new("lb2", IPAddress.Parse("10.66.0.22"), IPAddress.Parse("fd66::22")),
    ];

    public static NodeExpectation Router { get; } = new()
    {
        Name = "router",
        Role = NodeRole.Router,
        Units = ["bird", "appstack-firewall"],
        Neighbours = LoadBalancers,
        NextHops = LoadBalancers,
        VirtualAddresses = VirtualAddresses,
    };

    public static NodeExpectation LoadBalancer { get; } = new()
    {
        Name = "lb1",
        Role = NodeRole.LoadBalancer,
        Units = ["haproxy", "bird", "appstack-vip", "appstack-lb-agent", "appstack-firewall"],
        Neighbours = [new("router", IPAddress.Parse("10.66.0.254"), IPAddress.Parse("fd66::fe"))],
        VirtualAddresses = VirtualAddresses,
    };

    public static NodeExpectation Backend { get; } = new() { Name = "web1", Role = NodeRole.Backend, Units = ["nginx", "appstack-firewall"] };

    public static NodeExpectation Client { get; } = new()
    {
        Name = "client",
        Role = NodeRole.Client,
        NextHops = LoadBalancers,
        Frontends = [.. VirtualAddresses.Select(address => new IPEndPoint(address, 80))],
    };

    public static IReadOnlyList<NodeExpectation> All { get; } = [Router, LoadBalancer, Backend, Client];

    public static string Read(NodeExpectation node, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Data", $"{node.Name}.txt"));
}
