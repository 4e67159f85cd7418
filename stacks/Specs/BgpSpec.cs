using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>How virtual addresses are announced.</summary>
public sealed record BgpSpec
{
    /// <summary>The load balancers' autonomous system.</summary>
    public required long Asn { get; init; }

    /// <summary>The routers that load balancers speak to.</summary>
    public required ImmutableArray<NeighbourSpec> Neighbours { get; init; }

    /// <summary>How long a silent neighbour is believed to be alive.</summary>
    public required TimeSpan HoldTime { get; init; }

    /// <summary>How often a neighbour hears from us.</summary>
    public required TimeSpan Keepalive { get; init; }

    /// <summary>Time between two BFD probes.</summary>
    public required TimeSpan BfdInterval { get; init; }

    /// <summary>BFD probes in a row that may be lost.</summary>
    public required int BfdMultiplier { get; init; }
}
