using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing;

/// <summary>A router that learns VIPs from load balancers over BGP and spreads connections over them (ECMP).</summary>
public sealed record BgpRouterSpec
{
    /// <summary>Name of the node; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>IPv4 address on the link to the load balancers; also the BGP router id.</summary>
    public required string Ipv4 { get; init; }

    /// <summary>IPv6 address on the same link; null: no IPv6 sessions. Default: null.</summary>
    public string? Ipv6 { get; init; }

    /// <summary>Network interface on that link. Default: <c>eth0</c>.</summary>
    public string Interface { get; init; } = "eth0";

    /// <summary>The router's autonomous system number.</summary>
    public required long Asn { get; init; }

    /// <summary>The load balancers; at least one.</summary>
    public required ImmutableArray<BgpNeighborSpec> Neighbors { get; init; }

    /// <summary>Prefixes (CIDR) inside which announcements are accepted, as host routes only; everything else is refused.</summary>
    public required ImmutableArray<string> VipPrefixes { get; init; }


    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>BGP timers.</summary>
    public BgpTimersSpec Timers { get; init; } = new();

    /// <summary>Failure detection.</summary>
    public BfdSpec Bfd { get; init; } = new();

    /// <summary>Most next hops of one VIP. Default: 16.</summary>
    public int MaximumPaths { get; init; } = 16;
}
