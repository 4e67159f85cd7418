using AppStack.Operations.Drills;
using AppStack.Operations.Load;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Operations.Tests.Drills;

public sealed class DrillPartReportTests
{
    private const long Fault = 1_000_000;
    private const long Restore = 4_000_000;

    [Fact]
    public void RecoveryMs_NobodyDisturbed_IsZero() => Assert.Equal(0, Report(Steady()).RecoveryMs);

    [Fact]
    public void RecoveryMs_IsTheLastDisturbedRequestsStart()
    {
        // Refused for 60 ms, then a lost SYN that was repeated after a second.
        RequestSample[] disturbed = [new(Fault + 20_000, 100, "refused"), new(Fault + 60_000, 100, "refused"), new(Fault + 300_000, 1_030_000)];

        Assert.Equal(300, Report([.. Steady(), .. disturbed]).RecoveryMs);
    }

    [Fact]
    public void RecoveryMs_DisturbanceBeforeTheFault_DoesNotCount() =>
        Assert.Equal(0, Report([.. Steady(), new RequestSample(0, 500_000)]).RecoveryMs);

    [Fact]
    public void RecoveryMs_RequestUnderWayAtTheFault_IsDisturbedFromTheStart() =>
        Assert.Equal(0, Report([.. Steady(), new RequestSample(Fault - 1000, 3_000_000, "timeout")]).RecoveryMs);

    [Fact]
    public void RecoveryMs_DisturbanceByTheRestoring_DoesNotCount() =>
        Assert.Equal(0, Report([.. Steady(), new RequestSample(Restore + 1000, 300_000)]).RecoveryMs);

    [Fact]
    public void Passed_ValueOverItsLimit_IsFalse()
    {
        var limits = new DrillLimits { Failed = 1, FailureSpanMs = 100, LongestGapMs = 1200, SlowestMs = 1200 };
        RequestSample[] late = [.. Steady(), new RequestSample(Fault, 10, "reset"), new RequestSample(Fault + 150_000, 10, "reset")];

        var report = DrillPartReport.From("new connections", late, Fault, Restore, limits, []);

        Assert.False(report.Passed);
        Assert.Equal(["failed", "failureSpanMs"], report.Figures.Where(figure => !figure.Ok).Select(figure => figure.Name));
    }

    [Fact]
    public void Passed_NoRequestsAtAll_IsFalse() => Assert.False(Report([]).Passed);

    [Fact]
    public void Recovery_is_never_negative_and_ends_with_the_last_request() =>
        Prop.ForAll(Samples(), samples =>
        {
            var recovery = Report(samples).RecoveryMs;
            var last = samples.Length == 0 ? 0 : Math.Max(0, samples.Max(sample => sample.StartMicros) - Fault) / 1000.0;
            return recovery >= 0 && recovery <= last;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_the_recovery_nobody_is_disturbed() =>
        Prop.ForAll(Samples(), samples =>
        {
            var end = Fault + (long)Math.Round(Report(samples).RecoveryMs * 1000);
            return samples.Where(sample => sample.StartMicros > end && sample.StartMicros < Restore)
                .All(sample => sample.Succeeded && sample.LatencyMicros <= DrillPartReport.DisturbedMs * 1000);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<RequestSample[]> Samples() => (
        from start in Gen.Choose(0, 5_000_000)
        from latency in Gen.Choose(100, 3_000_000)
        from failure in Gen.Elements(null, null, null, "timeout")
        select new RequestSample(start, latency, failure)).ArrayOf().Resize(40).ToArbitrary();

    private static RequestSample[] Steady() => [.. Enumerable.Range(0, 1000).Select(i => new RequestSample(i * 2000, 1000))];

    private static DrillPartReport Report(IReadOnlyCollection<RequestSample> samples) =>
        DrillPartReport.From("new connections", samples, Fault, Restore, DrillLimits.LoadBalancerLoss, []);
}
