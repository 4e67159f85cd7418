using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Timeline;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Components.Tests.Postgres.Cluster;

public sealed class FailoverTimelineTests
{
    private static readonly Gen<TimeSpan> Time = Gen.Choose(1, 60_000).Select(ms => TimeSpan.FromMilliseconds(ms));

    // Three of four are consistent, so that what is allowed is tried, too.
    private static readonly Gen<TcpTimers> AnyTcp =
        from times in Gen.Choose(1, 20).ListOf(4)
        from connect in Gen.Choose(1, 8)
        from user in Gen.Choose(0, 1000)
        from right in Gen.Choose(0, 3)
        let keepalive = new TcpKeepalive(TimeSpan.FromSeconds(times[0]), TimeSpan.FromSeconds(times[1]), times[2])
        let least = keepalive.Idle + keepalive.Interval
        select new TcpTimers
        {
            Connect = TimeSpan.FromSeconds(connect),
            Keepalive = keepalive,
            UserTimeout = right > 0 ? least + (keepalive.Interval * (keepalive.Count - 1) * user / 1000.0) : TimeSpan.FromSeconds(times[3] * user / 100.0),
        };

    private static readonly Gen<FailoverTimers> AnyTimers =
        from times in Time.ListOf(10)
        from tcp in AnyTcp
        from drift in Gen.Choose(0, 400)
        select new FailoverTimers
        {
            Renew = times[0] / 10,
            Hold = times[1],
            Fence = TimeSpan.FromMilliseconds(10) + (times[2] / 100),
            Grant = times[1] + times[3],
            Hang = times[4],
            Promotion = times[5],
            Conflict = times[9],
            Pooler = Components.Postgres.PgBouncer.PgBouncerTimers.For(RecoveryTimePromise.Fast) with { ServerConnectTimeout = times[6], FollowInterval = times[7] },
            WalTimeout = times[8],
            StreamTimeout = times[8],
            Replication = tcp,
            Clients = new TcpKeepalive(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), 3),
            Drift = drift / 1000.0,
        };

    [Fact]
    public void Whatever_is_allowed_the_old_leader_is_fenced_before_another_is_granted_the_lease() =>
        Prop.ForAll(AnyTimers.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (timers, databases) =>
        {
            // What is wrong with TCP has no part in this, and must not hide it.
            if (FailoverTimeline.Validate(timers, RecoveryTimePromise.Careful, databases).Any(p => p.Path != "rto" && p.Path != "renew" && !p.Path.StartsWith("replication.", StringComparison.Ordinal)))
            {
                return true;
            }

            // The slowest clock at the leader, the fastest at the voter that heard the renewal the moment it was sent.
            var fenced = (timers.Hold / (1 - (timers.Drift / 2))) + timers.Fence;
            var granted = timers.Grant / (1 + (timers.Drift / 2));
            return fenced <= granted;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_time_that_is_too_short_hides_no_overlap()
    {
        var timers = FailoverTimers.For(RecoveryTimePromise.Fast) with { Renew = TimeSpan.FromMilliseconds(44), Grant = TimeSpan.FromSeconds(2.4) };

        Assert.Equal(["renew", "grant"], FailoverTimeline.Validate(timers, RecoveryTimePromise.Fast, 3).Select(problem => problem.Path));
    }

    [Fact]
    public void Whatever_is_allowed_keeps_its_promise() =>
        Prop.ForAll(AnyTimers.ToArbitrary(), Gen.Elements(Enum.GetValues<RecoveryTimePromise>()).ToArbitrary(), (timers, promise) =>
            FailoverTimeline.Validate(timers, promise, 3).Count > 0 || FailoverTimeline.Of(timers, 3).WorstCase <= FailoverTimeline.Promised(promise)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_longer_time_never_makes_a_failover_faster() =>
        Prop.ForAll(AnyTimers.ToArbitrary(), timers =>
        {
            var before = FailoverTimeline.Of(timers, 3).WorstCase;
            var second = TimeSpan.FromSeconds(1);
            return FailoverTimeline.Of(timers with { Grant = timers.Grant + second }, 3).WorstCase >= before
                && FailoverTimeline.Of(timers with { Renew = timers.Renew + second }, 3).WorstCase > before
                && FailoverTimeline.Of(timers with { Conflict = timers.Conflict + second }, 3).WorstCase > before
                && FailoverTimeline.Of(timers with { Replication = timers.Replication with { Connect = timers.Replication.Connect + second } }, 3).WorstCase >= before
                && FailoverTimeline.Of(timers with { Promotion = timers.Promotion + second }, 3).WorstCase > before
                && FailoverTimeline.Of(timers, 4).WorstCase > before;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_allowed_a_dead_connection_is_noticed_before_the_WAL_times_out_and_a_standby_tries_twice_before_it_is_rewound() =>
        Prop.ForAll(AnyTimers.ToArbitrary(), Gen.Elements(Enum.GetValues<RecoveryTimePromise>()).ToArbitrary(), (timers, promise) =>
        {
            if (FailoverTimeline.Validate(timers, promise, 3).Any(problem => problem.Path.StartsWith("replication.", StringComparison.Ordinal)))
            {
                return true;
            }

            var tcp = timers.Replication;
            var line = FailoverTimeline.Of(timers, 3);
            return tcp.Silence >= tcp.UserTimeout && tcp.Silence <= tcp.Keepalive.Limit && tcp.Silence < tcp.UserTimeout + tcp.Keepalive.Interval
                && tcp.Silence <= timers.WalTimeout
                && (timers.StreamRetry + tcp.Connect) * 2 <= timers.StreamTimeout
                && line.Repointing >= timers.StreamRetry + tcp.Connect;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(RecoveryTimePromise.Fast, "connect_timeout=2 keepalives_idle=1 keepalives_interval=1 keepalives_count=2 tcp_user_timeout=2000", 2, 25)]
    [InlineData(RecoveryTimePromise.Standard, "connect_timeout=3 keepalives_idle=2 keepalives_interval=1 keepalives_count=4 tcp_user_timeout=5000", 5, 30)]
    [InlineData(RecoveryTimePromise.Careful, "connect_timeout=5 keepalives_idle=5 keepalives_interval=2 keepalives_count=6 tcp_user_timeout=15000", 15, 90)]
    public void Connections_are_as_patient_as_the_promise(RecoveryTimePromise promise, string connection, int silence, int clients)
    {
        var timers = FailoverTimers.For(promise);

        Assert.Equal(connection, timers.Replication.ToConnectionString());
        Assert.Equal(TimeSpan.FromSeconds(silence), timers.Replication.Silence);
        Assert.Equal(timers.Pooler.TcpUserTimeout, timers.Replication.UserTimeout);
        Assert.Equal(TimeSpan.FromSeconds(clients), timers.Clients.Limit);
    }

    [Fact]
    public void Times_of_TCP_that_contradict_each_other_or_the_promise_are_refused_all_at_once()
    {
        static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
        var fast = FailoverTimers.For(RecoveryTimePromise.Fast);
        IEnumerable<string> Problems(TcpTimers tcp) => FailoverTimeline.Validate(fast with { Replication = tcp }, RecoveryTimePromise.Fast, 3).Select(problem => problem.ToString());

        Assert.Equal(
            ["replication.connect: 1.5 s is not a number of whole seconds from 2 on", "replication.keepalive.idle: 0.5 s is not a number of whole seconds from 1 on", "replication.keepalive.interval: 0 s is not a number of whole seconds from 1 on", "replication.keepalive.count: 0 is below 1"],
            Problems(new() { Connect = S(1.5), Keepalive = new(S(0.5), S(0), 0), UserTimeout = S(2) }));
        Assert.Equal(
            [
                "replication.userTimeout: 9 s is not between 2 s (idle and one interval of the keepalive) and 3 s (idle and all of them); silent connections would be given up at another time than busy ones",
                "replication.userTimeout: a dead connection is given up after 9 s only, but sender and receiver of WAL give each other up after 3 s (walTimeout)",
                "replication.connect: a standby that does not stream is rewound after 6 s (streamTimeout), before it could try twice to connect for 4 s",
                "rto: fast promises writes back within 12 s, but it can take 13.45 s: detection 3.35 s, consensus 1.9 s, promotion 4 s, re-pointing 4.2 s",
            ],
            Problems(fast.Replication with { Connect = S(4), UserTimeout = S(9) }));
    }

    [Theory]
    [InlineData(RecoveryTimePromise.Fast)]
    [InlineData(RecoveryTimePromise.Standard)]
    [InlineData(RecoveryTimePromise.Careful)]
    public void The_timers_of_a_promise_keep_it(RecoveryTimePromise promise) => Assert.Empty(FailoverTimeline.Validate(FailoverTimers.For(promise), promise, 3));

    [Fact]
    public void Fast_with_many_candidates_is_refused_with_every_part_of_the_time() =>
        Assert.Equal(
            "rto: fast promises writes back within 12 s, but it can take 14.35 s: detection 3.35 s, consensus 4.7 s, promotion 4 s, re-pointing 2.3 s",
            Assert.Single(FailoverTimeline.Validate(FailoverTimers.For(RecoveryTimePromise.Fast), RecoveryTimePromise.Fast, 10)).ToString());

    [Theory]
    [InlineData(RecoveryTimePromise.Fast, 2, 4)]
    [InlineData(RecoveryTimePromise.Standard, 5, 10)]
    [InlineData(RecoveryTimePromise.Careful, 10, 20)]
    public void Queries_hold_up_at_most_half_of_a_promotion(RecoveryTimePromise promise, int conflict, int promotion)
    {
        var timers = FailoverTimers.For(promise);

        Assert.Equal(TimeSpan.FromSeconds(conflict), timers.Conflict);
        Assert.Equal(TimeSpan.FromSeconds(promotion), FailoverTimeline.Of(timers, 3).Promotion);
        Assert.Equal(TimeSpan.FromSeconds(1), FailoverTimeline.Of(timers with { Conflict = timers.Conflict + TimeSpan.FromSeconds(1) }, 3).WorstCase - FailoverTimeline.Of(timers, 3).WorstCase);
    }

    [Fact]
    public void A_grant_that_overlaps_the_fence_is_refused()
    {
        var timers = FailoverTimers.For(RecoveryTimePromise.Fast) with { Grant = TimeSpan.FromSeconds(2.4) };

        Assert.Contains("both would write", Assert.Single(FailoverTimeline.Validate(timers, RecoveryTimePromise.Fast, 3)).Message, StringComparison.Ordinal);
    }
}
