using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

public sealed class WriteReportTests
{
    [Fact]
    public void Recovery_ends_with_the_longest_gap()
    {
        var samples = Acknowledged(Range(0, 1000).Concat(Range(4000, 6000)));

        var report = WriteReport.Of(samples, fromMicros: 900_000, toMicros: 6_000_000);

        Assert.Equal(3010, report.LongestGapMs);
        Assert.Equal(3100, report.RecoveryMs);
        Assert.Equal(0, report.Failed);
    }

    [Fact]
    public void A_short_gap_is_no_interruption()
    {
        var report = WriteReport.Of(Acknowledged(Range(0, 1000).Concat(Range(1150, 2000))), fromMicros: 500_000, toMicros: 2_000_000);

        Assert.Equal(160, report.LongestGapMs);
        Assert.Equal(0, report.RecoveryMs);
    }

    [Fact]
    public void What_the_repair_disturbs_is_a_gap_and_not_the_recovery()
    {
        var report = WriteReport.Of(Acknowledged(Range(0, 1000).Concat(Range(2000, 3000)).Concat(Range(7000, 8000))), fromMicros: 500_000, toMicros: 8_000_000, restoreMicros: 2_500_000);

        Assert.Equal(1500, report.RecoveryMs);
        Assert.Equal(4010, report.LongestGapMs);
    }

    [Fact]
    public void Writes_that_never_come_back_are_an_interruption_to_the_end()
    {
        var report = WriteReport.Of(Acknowledged(Range(0, 1000)), fromMicros: 500_000, toMicros: 9_000_000);

        Assert.Equal(8500, report.RecoveryMs);
    }

    [Fact]
    public void Failures_are_counted_by_reason_and_acknowledge_nothing()
    {
        WriteSample[] samples = [.. Acknowledged([100, 200]), new(8, 0, 1_000_000, "reset"), new(9, 0, 1_100_000, "reset"), new(10, 0, 1_200_000, "refused")];

        var report = WriteReport.Of(samples, fromMicros: 0, toMicros: 2_000_000);

        Assert.Equal(3, report.Failed);
        Assert.Equal(2, report.Failures["reset"]);
        Assert.Equal(1800, report.LongestGapMs);
        Assert.Equal(5, report.Requests);
    }

    private static IEnumerable<int> Range(int from, int to) => Enumerable.Range(0, (to - from) / 10).Select(i => from + (i * 10));

    private static IEnumerable<WriteSample> Acknowledged(IEnumerable<int> milliseconds) =>
        milliseconds.Select((ms, i) => new WriteSample(i, (ms * 1000L) - 5000, ms * 1000L, null));
}
