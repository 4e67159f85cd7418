using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Components.Postgres.Timeline;

/// <summary>All times that decide how a cluster fails over. They belong together; <see cref="For"/> gives a set that keeps a promise.</summary>
public sealed record FailoverTimers
{
    /// <summary>How often the leader renews its lease, and how often everybody asks everybody.</summary>
    public required TimeSpan Renew { get; init; }

    /// <summary>How long a leader may write after a renewal that a majority confirmed; the kernel counts from before the renewal is sent. Then its gate shuts.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>By how much the gate may shut late: a tick of the kernel's clock, 10 ms at the slowest, and as much again. Default: 20 ms.</summary>
    public TimeSpan Fence { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a leader that gives up while its lease still runs waits for the end of the processes that it kills, so that clients hear of it. Default: 0.3 s.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>How long after receiving a renewal a voter grants nobody else the lease.</summary>
    public required TimeSpan Grant { get; init; }

    /// <summary>How long PostgreSQL on the leader may leave a question unanswered before the leader gives up.</summary>
    public required TimeSpan Hang { get; init; }

    /// <summary>How long a query on a standby may hold up the replay that it conflicts with before it is cancelled; a promotion waits as long for it.</summary>
    public required TimeSpan Conflict { get; init; }

    /// <summary>How long a promotion may take in the worst case that is promised, without what queries hold up: replaying what was received, and the new timeline.</summary>
    public required TimeSpan Promotion { get; init; }

    /// <summary>How a pooler notices and re-connects.</summary>
    public required PgBouncerTimers Pooler { get; init; }

    /// <summary>Silence after which sender and receiver of WAL give each other up.</summary>
    public required TimeSpan WalTimeout { get; init; }

    /// <summary>How long a standby may fail to stream before it is rewound.</summary>
    public required TimeSpan StreamTimeout { get; init; }

    /// <summary>How nodes connect to each other.</summary>
    public required TcpTimers Replication { get; init; }

    /// <summary>When a server gives up a client that has vanished; so long it keeps its locks.</summary>
    public required TcpKeepalive Clients { get; init; }

    /// <summary>How soon a standby that could not stream tries again (<c>wal_retrieve_retry_interval</c>). Default: 0.2 s.</summary>
    public TimeSpan StreamRetry { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How long a leader that hands over waits for open transactions.</summary>
    public TimeSpan SwitchoverWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much two clocks may run apart, as a part of the time. Default: 0.01, a hundred times what a bad crystal does.</summary>
    public double Drift { get; init; } = 0.01;

    /// <summary>The set that keeps a promise.</summary>
    /// <param name="promise">The promise.</param>
    /// <returns>The timers.</returns>
    public static FailoverTimers For(RecoveryTimePromise promise) => promise switch
    {
        // Replication: fast was measured in a lab; the others have the user timeout of their poolers, and room for as many lost packets more. Clients: fast had it before;
        // the others have what the promise says.
        RecoveryTimePromise.Fast => Of(promise, renew: 0.2, hold: 2.4, grant: 2.7, hang: 3, conflict: 2, promotion: 2, wal: 3, stream: 6, Tcp(connect: 2, idle: 1, interval: 1, count: 2, user: 2), Keepalive(idle: 10, interval: 5, count: 3)),
        RecoveryTimePromise.Standard => Of(promise, renew: 0.5, hold: 5.5, grant: 6, hang: 6, conflict: 5, promotion: 5, wal: 10, stream: 15, Tcp(connect: 3, idle: 2, interval: 1, count: 4, user: 5), Keepalive(idle: 15, interval: 5, count: 3)),
        RecoveryTimePromise.Careful => Of(promise, renew: 2, hold: 20, grant: 21, hang: 20, conflict: 10, promotion: 10, wal: 30, stream: 60, Tcp(connect: 5, idle: 5, interval: 2, count: 6, user: 15), Keepalive(idle: 45, interval: 15, count: 3)),
        _ => throw new ArgumentOutOfRangeException(nameof(promise), promise, "There is no such promise."),
    };

    private static FailoverTimers Of(RecoveryTimePromise promise, double renew, double hold, double grant, double hang, double conflict, double promotion, double wal, double stream, TcpTimers replication, TcpKeepalive clients) => new()
    {
        Renew = TimeSpan.FromSeconds(renew),
        Hold = TimeSpan.FromSeconds(hold),
        Grant = TimeSpan.FromSeconds(grant),
        Hang = TimeSpan.FromSeconds(hang),
        Conflict = TimeSpan.FromSeconds(conflict),
        Promotion = TimeSpan.FromSeconds(promotion),
        Pooler = PgBouncerTimers.For(promise),
        WalTimeout = TimeSpan.FromSeconds(wal),
        StreamTimeout = TimeSpan.FromSeconds(stream),
        Replication = replication,
        Clients = clients,
    };

    private static TcpKeepalive Keepalive(double idle, double interval, int count) => new(TimeSpan.FromSeconds(idle), TimeSpan.FromSeconds(interval), count);

    private static TcpTimers Tcp(double connect, double idle, double interval, int count, double user) => new()
    {
        Connect = TimeSpan.FromSeconds(connect),
        Keepalive = Keepalive(idle, interval, count),
        UserTimeout = TimeSpan.FromSeconds(user),
    };
}
