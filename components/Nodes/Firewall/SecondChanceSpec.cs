using System.Collections.Immutable;

namespace AppStack.Components.Nodes.Firewall;

/// <summary>
/// A packet for a VIP that belongs to no connection of this node, or that would begin one while no process listens (it has just
/// died), is marked, so that routing hands it to the next node of the group. Its DSCP field counts the hops: the last node of the round answers itself (with a reset).
/// </summary>
public sealed record SecondChanceSpec
{
    /// <summary>The VIPs.</summary>
    public required ImmutableArray<string> Addresses { get; init; }

    /// <summary>The VIPs' TCP ports.</summary>
    public required ImmutableArray<int> Ports { get; init; }

    /// <summary>How often a packet may be handed on: nodes of the group minus one; 1 to 15.</summary>
    public required int Hops { get; init; }

    /// <summary>The packet mark that the routing rule looks for.</summary>
    public required int Mark { get; init; }
}
