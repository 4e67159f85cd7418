namespace AppStack.Components.Postgres.Timeline;

/// <summary>
/// What happens when a leader is lost, and how long it takes at most: detection, consensus, promotion, re-pointing. All moments count from
/// the loss. The drills measure the same.
/// </summary>
/// <param name="Detection">Until nobody holds a lease any more.</param>
/// <param name="Consensus">Asking around, giving way to better candidates, one election that fails, one that succeeds.</param>
/// <param name="Promotion">Until the new leader can be written to: queries that hold up its replay are waited for and cancelled, what was received is replayed.</param>
/// <param name="Repointing">Until a pooler has noticed and has connected, and a standby, too: commits may wait for one.</param>
/// <param name="FencedAfter">When the gate of a leader that was cut off is shut at the latest, counted from the arming of its last round that a majority heard.</param>
/// <param name="GrantedAfter">When another one can be granted the lease at the earliest, counted from the same moment: whoever hears of a round hears of it after it was armed.</param>
public sealed record FailoverTimeline(TimeSpan Detection, TimeSpan Consensus, TimeSpan Promotion, TimeSpan Repointing, TimeSpan FencedAfter, TimeSpan GrantedAfter)
{
    // The guard's loop looks this often. Only being fast depends on it: the gate is the kernel's.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // A failed election is over after two renewals; the next begins up to two and a half later.
    private const double ElectionRounds = 2;
    private const double BackOffRounds = 2.5;

    /// <summary>From the loss until clients write again, at most.</summary>
    public TimeSpan WorstCase => Detection + Consensus + Promotion + Repointing;

    /// <summary>
    /// Time between the last moment at which a leader that was cut off can write and the first at which another one may lead; never
    /// negative for a set of timers without problems.
    /// </summary>
    public TimeSpan SafetyMargin => GrantedAfter - FencedAfter;

    /// <summary>Computes the time line.</summary>
    /// <param name="timers">The timers.</param>
    /// <param name="databases">Nodes that hold data.</param>
    /// <returns>The time line.</returns>
    public static FailoverTimeline Of(FailoverTimers timers, int databases)
    {
        ArgumentNullException.ThrowIfNull(timers);

        // Power loss: the voters' promise runs out. PostgreSQL hangs: the leader gives up, shuts its gate, and tells.
        var detection = Longer(timers.Grant, timers.Hang + timers.Farewell) + Tick;
        var candidates = Math.Max(0, databases - 2);
        var consensus = timers.Renew + (timers.Renew * (2 * candidates)) + (timers.Renew * (ElectionRounds + BackOffRounds)) + (timers.Renew * ElectionRounds);

        // Standbys turn to the new leader while it is promoted; that has a slot for them only afterwards, and then one attempt more has to be made.
        var pooler = timers.Pooler.FollowInterval + timers.Pooler.ServerLoginRetry + timers.Pooler.ServerConnectTimeout;
        var standby = timers.StreamRetry + timers.Replication.Connect;
        return new(
            detection,
            consensus,
            timers.Conflict + timers.Promotion,
            Longer(pooler, standby),
            FencedAfter: (timers.Hold * (1 + timers.Drift)) + timers.Fence,
            GrantedAfter: timers.Grant * (1 - timers.Drift));
    }

    /// <summary>Within which time a promise wants writes back.</summary>
    /// <param name="promise">The promise.</param>
    /// <returns>The time.</returns>
    public static TimeSpan Promised(RecoveryTimePromise promise) => promise switch
    {
        RecoveryTimePromise.Fast => TimeSpan.FromSeconds(12),
        RecoveryTimePromise.Standard => TimeSpan.FromSeconds(30),
        RecoveryTimePromise.Careful => TimeSpan.FromSeconds(90),
        _ => throw new ArgumentOutOfRangeException(nameof(promise), promise, "There is no such promise."),
    };

    /// <summary>Checks timers against each other and against a promise.</summary>
    /// <param name="timers">The timers.</param>
    /// <param name="promise">The promise.</param>
    /// <param name="databases">Nodes that hold data.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(FailoverTimers timers, RecoveryTimePromise promise, int databases)
    {
        ArgumentNullException.ThrowIfNull(timers);
        var problems = new List<SpecProblem>();
        var times = new (string Name, TimeSpan Time)[]
        {
            ("renew", timers.Renew), ("hold", timers.Hold), ("grant", timers.Grant), ("hang", timers.Hang), ("conflict", timers.Conflict), ("promotion", timers.Promotion),
            ("walTimeout", timers.WalTimeout), ("streamTimeout", timers.StreamTimeout),
        };
        problems.AddRange(times.Where(t => t.Time < TimeSpan.FromMilliseconds(50)).Select(t => new SpecProblem(t.Name, $"{Seconds(t.Time)} is too short to be kept; use 0.05 s or more")));
        if (timers.Fence < TimeSpan.FromMilliseconds(10))
        {
            problems.Add(new("fence", $"{Seconds(timers.Fence)} is shorter than a tick of the kernel's clock; use 0.01 s or more"));
        }

        var tcp = timers.Replication.Validate();
        problems.AddRange(tcp.Select(problem => problem.Under("replication")));
        if (tcp.All(problem => problem.Path == "userTimeout") && timers.Replication.Silence > timers.WalTimeout)
        {
            problems.Add(new("replication.userTimeout", $"a dead connection is given up after {Seconds(timers.Replication.Silence)} only, but sender and receiver of WAL give each other up after {Seconds(timers.WalTimeout)} (walTimeout)"));
        }

        if ((timers.StreamRetry + timers.Replication.Connect) * 2 > timers.StreamTimeout)
        {
            problems.Add(new("replication.connect", $"a standby that does not stream is rewound after {Seconds(timers.StreamTimeout)} (streamTimeout), before it could try twice to connect for {Seconds(timers.Replication.Connect)}"));
        }

        if (timers.Drift is < 0 or >= 0.5)
        {
            problems.Add(new("drift", $"{timers.Drift} is not a part of the time below a half"));
            return problems;
        }

        var line = Of(timers, databases);
        if (line.SafetyMargin < TimeSpan.Zero)
        {
            problems.Add(new("grant", $"another leader could be granted the lease after {Seconds(line.GrantedAfter)}, but the old one is fenced only after {Seconds(line.FencedAfter)}; both would write: use more than {Seconds(line.FencedAfter / (1 - timers.Drift))}"));
        }

        if (timers.Renew * 4 > timers.Hold)
        {
            problems.Add(new("renew", $"{Seconds(timers.Renew)} leaves fewer than four attempts within the {Seconds(timers.Hold)} of the lease; a lost packet would end it"));
        }

        if (line.WorstCase > Promised(promise))
        {
            problems.Add(new("rto", $"{promise.ToString().ToLowerInvariant()} promises writes back within {Seconds(Promised(promise))}, but it can take {Seconds(line.WorstCase)}: "
                + $"detection {Seconds(line.Detection)}, consensus {Seconds(line.Consensus)}, promotion {Seconds(line.Promotion)}, re-pointing {Seconds(line.Repointing)}"));
        }

        return problems;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static string Seconds(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");
}
