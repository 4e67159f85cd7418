using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Timeline;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Components.Tests.Postgres.Cluster;

public sealed class FailoverTimelineTests
{
    private static readonly Gen<TimeSpan> Time = Gen.Choose(1, 60_000).Select(ms => TimeSpan.FromMilliseconds(ms));

    private static readonly Gen<FailoverTimers> AnyTimers =
        from times in Time.ListOf(10)
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
            Drift = drift / 1000.0,
        };

    [Fact]
    public void Whatever_is_allowed_the_old_leader_is_fenced_before_another_is_granted_the_lease() =>
        Prop.ForAll(AnyTimers.ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (timers, databases) =>
        {
            if (FailoverTimeline.Validate(timers, RecoveryTimePromise.Careful, databases).Any(p => p.Path != "rto" && p.Path != "renew"))
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
                && FailoverTimeline.Of(timers with { Promotion = timers.Promotion + second }, 3).WorstCase > before
                && FailoverTimeline.Of(timers, 4).WorstCase > before;
        }).QuickCheckThrowOnFailure();

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
