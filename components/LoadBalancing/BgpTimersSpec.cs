namespace AppStack.Components.LoadBalancing;

/// <summary>Timers of a BGP session (RFC 4271).</summary>
public sealed record BgpTimersSpec
{
    /// <summary>Silence after which the session is torn down; the safety net below BFD. Default: 9 s; 0 or at least 3 s by the RFC, 0 is refused here.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>Time between keepalive messages; at most a third of the hold time. Default: 3 s.</summary>
    public TimeSpan KeepaliveTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time between attempts to connect. Default: 2 s, so that a booted node is back in service quickly.</summary>
    public TimeSpan ConnectRetryTime { get; init; } = TimeSpan.FromSeconds(2);
}
