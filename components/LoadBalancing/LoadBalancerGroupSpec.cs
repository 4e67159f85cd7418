using System.Collections.Immutable;
using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing;

/// <summary>
/// Load balancers that announce the same VIPs and share the same services: BIRD tells the routers, HAProxy carries the
/// connections. All of a group stand on one link (layer 2) with their routers.
/// </summary>
public sealed record LoadBalancerGroupSpec
{
    /// <summary>Name of the group; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The machines, in the order in which they are changed; at least one.</summary>
    public required ImmutableArray<LoadBalancerNodeSpec> Nodes { get; init; }

    /// <summary>The group's autonomous system number.</summary>
    public required long Asn { get; init; }

    /// <summary>The routers that learn the VIPs; at least one.</summary>
    public required ImmutableArray<BgpNeighborSpec> Routers { get; init; }

    /// <summary>Prefixes (CIDR, IPv4 and IPv6) inside which the routers accept announcements; every VIP must lie in one.</summary>
    public required ImmutableArray<string> VipPrefixes { get; init; }

    /// <summary>The virtual addresses; at least one.</summary>
    public required ImmutableArray<VipSpec> Vips { get; init; }

    /// <summary>The ports of the VIPs; at least one.</summary>
    public required ImmutableArray<ServiceSpec> Services { get; init; }

    /// <summary>The server pools.</summary>
    public required ImmutableArray<BackendPoolSpec> Pools { get; init; }

    /// <summary>Who may log in and who may scrape metrics.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>BGP timers.</summary>
    public BgpTimersSpec Timers { get; init; } = new();

    /// <summary>Failure detection.</summary>
    public BfdSpec Bfd { get; init; } = new();

    /// <summary>HAProxy's tuning.</summary>
    public HAProxyOptionsSpec HAProxy { get; init; } = new();

    /// <summary>
    /// Whether a load balancer hands packets of connections that it does not know to the next one of the group instead of
    /// resetting them. It is what lets open connections survive a drain. Without effect in a group of one. Default: true.
    /// </summary>
    public bool SecondChance { get; init; } = true;

    /// <summary>Change one node at a time, each healthy before the next. False changes all at once, for benchmarks. Default: true.</summary>
    public bool Rolling { get; init; } = true;

    /// <summary>How long a drain for a disruptive change waits for open connections. Default: 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
