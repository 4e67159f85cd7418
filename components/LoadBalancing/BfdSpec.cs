namespace AppStack.Components.LoadBalancing;

/// <summary>Bidirectional forwarding detection (RFC 5880) on the BGP sessions: how fast a dead neighbour is noticed.</summary>
public sealed record BfdSpec
{
    /// <summary>Whether sessions use BFD. Without it a dead load balancer is noticed only after the hold time. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Time between control packets. Default: 100 ms, at which no session flapped on a fully loaded machine; 10 ms is the least allowed.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Packets that may be missed before the neighbour counts as dead. Default: 3.</summary>
    public int Multiplier { get; init; } = 3;

    /// <summary>The longest time a dead neighbour goes unnoticed: interval x multiplier.</summary>
    public TimeSpan DetectionTime => Interval * Multiplier;
}
