using System.Collections.Immutable;

namespace AppStack.Components.Nodes.Firewall;

/// <summary>Lets connections in.</summary>
public sealed record FirewallRule
{
    /// <summary>What for; becomes the rule's comment.</summary>
    public required string Purpose { get; init; }

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Destination ports.</summary>
    public required ImmutableArray<int> Ports { get; init; }

    /// <summary>Addresses and networks that may connect; empty: anybody. Default: empty.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Local addresses that may be connected to; empty: any. Default: empty.</summary>
    public ImmutableArray<string> Destinations { get; init; } = [];

    /// <summary>Whether connection tracking is left out, which halves the firewall's cost for busy ports. Default: false.</summary>
    public bool Untracked { get; init; }
}
