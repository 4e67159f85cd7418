namespace AppStack.Components.Postgres.Timeline;

/// <summary>All times that decide how a cluster fails over. They belong together; <see cref="For"/> gives a set that keeps a promise.</summary>
public sealed record FailoverTimers
{
    /// <summary>How often the leader renews its lease, and how often everybody asks everybody.</summary>
    public required TimeSpan Renew { get; init; }

    /// <summary>How long after sending its last renewal that a majority confirmed a leader may write. Then it fences itself.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>How long killing PostgreSQL may take.</summary>
    public required TimeSpan Fence { get; init; }

    /// <summary>How long after receiving a renewal a voter grants nobody else the lease.</summary>
    public required TimeSpan Grant { get; init; }

    /// <summary>How long PostgreSQL on the leader may leave a question unanswered before the leader gives up.</summary>
    public required TimeSpan Hang { get; init; }

    /// <summary>How long a promotion may take in the worst case that is promised: replaying what was received, and the new timeline.</summary>
    public required TimeSpan Promotion { get; init; }

    /// <summary>How often a pooler asks who leads.</summary>
    public required TimeSpan Poll { get; init; }

    /// <summary>How long connecting may take; TCP's own time-out of unconfirmed data (<c>tcp_user_timeout</c>), too.</summary>
    public required TimeSpan Connect { get; init; }

    /// <summary>Silence after which sender and receiver of WAL give each other up.</summary>
    public required TimeSpan WalTimeout { get; init; }

    /// <summary>How long a standby may fail to stream before it is rewound.</summary>
    public required TimeSpan StreamTimeout { get; init; }

    /// <summary>How long a leader that hands over waits for open transactions.</summary>
    public TimeSpan SwitchoverWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much two clocks may run apart, as a part of the time. Default: 0.01, a hundred times what a bad crystal does.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>The set that keeps a promise.</summary>
    /// <param name="promise">The promise.</param>
    /// <returns>The timers.</returns>
    public static FailoverTimers For(RecoveryTimePromise promise) => promise switch
    {
        RecoveryTimePromise.Fast => Of(renew: 0.2, hold: 2, fence: 0.5, grant: 2.8, hang: 2.5, promotion: 4, poll: 0.2, connect: 2, wal: 3, stream: 6),
        RecoveryTimePromise.Standard => Of(renew: 0.5, hold: 5, fence: 1, grant: 6.5, hang: 6, promotion: 10, poll: 0.5, connect: 3, wal: 10, stream: 15),
        RecoveryTimePromise.Careful => Of(renew: 2, hold: 20, fence: 2, grant: 23, hang: 20, promotion: 20, poll: 1, connect: 5, wal: 30, stream: 60),
        _ => throw new ArgumentOutOfRangeException(nameof(promise), promise, "There is no such promise."),
    };

    private static FailoverTimers Of(double renew, double hold, double fence, double grant, double hang, double promotion, double poll, double connect, double wal, double stream) => new()
    {
        Renew = TimeSpan.FromSeconds(renew),
        Hold = TimeSpan.FromSeconds(hold),
        Fence = TimeSpan.FromSeconds(fence),
        Grant = TimeSpan.FromSeconds(grant),
        Hang = TimeSpan.FromSeconds(hang),
        Promotion = TimeSpan.FromSeconds(promotion),
        Poll = TimeSpan.FromSeconds(poll),
        Connect = TimeSpan.FromSeconds(connect),
        WalTimeout = TimeSpan.FromSeconds(wal),
        StreamTimeout = TimeSpan.FromSeconds(stream),
    };
}
