using AppStack.Operations.Load;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Operations.Tests.Load;

public sealed class LoadReportTests
{
    [Fact]
    public void From_Nothing_IsAllZero()
    {
        var report = LoadReport.From([]);

        Assert.Equal((0, 0, 0d, 0d), (report.Requests, report.Failed, report.LongestGapMs, report.MaxMs));
    }

    [Fact]
    public void From_SteadyAnswersWithAHole_FindsTheGapAndTheFailures()
    {
        // Every 2 ms a request that takes 1 ms; those of 100..398 ms fail.
        var samples = Enumerable.Range(0, 500).Select(i => new RequestSample(i * 2000, 1000, i is >= 50 and < 200 ? "refused" : null)).ToList();

        var report = LoadReport.From(samples);

        Assert.Equal(500, report.Requests);
        Assert.Equal(150, report.Failed);
        Assert.Equal(KeyValuePair.Create("refused", 150), Assert.Single(report.Failures));
        Assert.Equal(302, report.LongestGapMs);
        Assert.Equal(298, report.FailureSpanMs);
        Assert.Equal((1d, 1d, 1d), (report.P50Ms, report.P99Ms, report.MaxMs));
    }

    [Fact]
    public void From_FailuresAtTheEnd_CountAsGap()
    {
        RequestSample[] samples = [new(0, 1000), new(2000, 3_000_000, "timeout")];

        Assert.Equal(3001, LoadReport.From(samples).LongestGapMs);
    }

    [Fact]
    public void From_Percentiles_AreNearestRank()
    {
        var samples = Enumerable.Range(1, 100).Select(i => new RequestSample(0, i * 1000)).ToList();

        var report = LoadReport.From(samples);

        Assert.Equal((50d, 99d, 100d), (report.P50Ms, report.P99Ms, report.MaxMs));
    }

    [Fact]
    public void The_report_does_not_depend_on_the_order_of_samples() =>
        Prop.ForAll(Samples(), samples =>
            Describe(LoadReport.From(samples)) == Describe(LoadReport.From([.. samples.Reverse()]))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_gap_is_never_longer_than_the_run_and_at_least_its_average() =>
        Prop.ForAll(Samples(), samples =>
        {
            var report = LoadReport.From(samples);
            var run = samples.Length == 0 ? 0 : (samples.Max(sample => sample.EndMicros) - samples.Min(sample => sample.StartMicros)) / 1000.0;
            var answered = samples.Count(sample => sample.Succeeded);
            return report.LongestGapMs <= run + 0.001 && report.LongestGapMs * (answered + 1) >= run - 0.001;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_failure_never_makes_the_gap_shorter() =>
        Prop.ForAll(Samples(), samples =>
        {
            var before = LoadReport.From(samples).LongestGapMs;
            return samples.Select((_, index) => samples.Select((sample, i) => i == index ? sample with { Failure = "reset" } : sample).ToArray())
                .All(worse => LoadReport.From(worse).LongestGapMs >= before);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<RequestSample[]> Samples() => (
        from start in Gen.Choose(0, 5_000_000)
        from latency in Gen.Choose(100, 3_000_000)
        from failure in Gen.Elements(null, null, null, "timeout", "reset")
        select new RequestSample(start, latency, failure)).ArrayOf().Resize(40).ToArbitrary();

    private static string Describe(LoadReport report) =>
        $"{report with { Failures = [] }} {string.Join(',', report.Failures)}".Replace(report.Failures.GetType().ToString(), "", StringComparison.Ordinal);
}
