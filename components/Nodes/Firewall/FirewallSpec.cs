using System.Collections.Immutable;

namespace AppStack.Components.Nodes.Firewall;

/// <summary>The node's own firewall: what may come in. Everything else is dropped; going out is free.</summary>
public sealed record FirewallSpec
{
    /// <summary>Who the firewall is for; becomes the file's first comment.</summary>
    public required string Role { get; init; }

    /// <summary>Who may use SSH.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>What else may come in.</summary>
    public required ImmutableArray<FirewallRule> Rules { get; init; }

    /// <summary>Servers to which this node opens so many connections that tracking them is left out: address and port. Default: none.</summary>
    public ImmutableArray<(string Address, int Port)> UntrackedServers { get; init; } = [];

    /// <summary>Whether the node forwards traffic that is not its own, without tracking it: a router. Default: false.</summary>
    public bool Forwards { get; init; }

    /// <summary>Hands packets of unknown connections to another node. Default: none.</summary>
    public SecondChanceSpec? SecondChance { get; init; }

    /// <summary>
    /// Whether the node translates connections for others: a service proxy sends them on to pods. Everything is tracked then, and what is sent on
    /// is the proxy's business. Default: false.
    /// </summary>
    public bool TranslatesServices { get; init; }
}
