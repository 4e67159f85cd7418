using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>What the load balancers announce and where they send it.</summary>
public sealed record EdgeSpec
{
    /// <summary>The IPv4 prefix out of which virtual addresses are announced.</summary>
    public required IPNetwork AnnounceV4 { get; init; }

    /// <summary>The IPv6 prefix, if there is one.</summary>
    public IPNetwork? AnnounceV6 { get; init; }

    /// <summary>The virtual addresses.</summary>
    public required ImmutableArray<VipSpec> Vips { get; init; }

    /// <summary>How they are announced.</summary>
    public required BgpSpec Bgp { get; init; }

    /// <summary>The order in which load balancers are changed.</summary>
    public required RolloutPolicy Rollout { get; init; }

    /// <summary>Connections that one load balancer holds at the same time.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Where connections come in.</summary>
    public required ImmutableArray<FrontendSpec> Frontends { get; init; }

    /// <summary>Where connections go.</summary>
    public required ImmutableArray<BackendSpec> Backends { get; init; }
}
