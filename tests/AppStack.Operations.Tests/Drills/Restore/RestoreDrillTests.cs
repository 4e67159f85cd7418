using AppStack.Operations.Drills;
using AppStack.Operations.Drills.Restore;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Testing;

namespace AppStack.Operations.Tests.Drills.Restore;

public sealed class RestoreDrillTests
{
    // Acknowledged before the moment (1000 to 1100), under way at it, failed, sent after it.
    private static readonly WriteSample[] Samples =
    [
        new(1, 100, 200, null), new(2, 800, 900, null), new(3, 990, 1050, null), new(4, 500, 600, "the connection broke"), new(5, 1200, 1300, null),
    ];

    private static readonly RestoredRow[] Live = [new(1, 5_100, "(1,a)"), new(2, 5_800, "(2,b)"), new(3, 5_990, "(3,c)"), new(5, 6_200, "(5,e)")];

    [Fact]
    public void A_copy_holds_what_was_acknowledged_and_nothing_later()
    {
        var comparison = Compare([Live[0], Live[1]]);

        Assert.True(comparison.Ok);
        Assert.Equal((2, 0, 0, 0, 0), (comparison.Rows, comparison.Lost, comparison.Changed, comparison.Duplicated, comparison.TooNew));
        Assert.Equal(0.2, comparison.RpoMs);
    }

    [Fact]
    public void What_was_under_way_at_the_moment_or_failed_may_be_there() =>
        Assert.True(Compare([Live[0], Live[1], Live[2], new(4, 5_500, "(4,d)")]).Ok);

    [Fact]
    public void A_lost_changed_doubled_or_later_row_is_a_fault()
    {
        Assert.Equal(1, Compare([Live[1]]).Lost);
        Assert.Equal(1, Compare([Live[0], Live[1] with { Text = "(2,x)" }]).Changed);
        Assert.Equal(1, Compare([Live[0], Live[0], Live[1]]).Duplicated);
        Assert.Equal(1, Compare([.. Live]).TooNew);
        Assert.All(new[] { Compare([Live[1]]), Compare([Live[0], Live[1] with { Text = "(2,x)" }]), Compare([Live[0], Live[0], Live[1]]), Compare([.. Live]), Compare([]) }, found => Assert.False(found.Ok));
    }

    [Fact]
    public void The_report_as_JSON() => Snapshot.Verify(RestoreDrillReportWriter.ToJson(Report) + "\n", "json");

    [Fact]
    public void Whoever_is_disturbed_or_waits_too_long_fails_the_drill()
    {
        Assert.True(Report.Passed);
        Assert.False((Report with { RtoMs = 60_001 }).Passed);
        Assert.False((Report with { Writes = Report.Writes with { Failures = new Dictionary<string, int> { ["deadlock"] = 1 } } }).Passed);
        Assert.False((Report with { Copy = Compare([Live[1]]) }).Passed);
        Assert.False((Report with { OffAfterwards = [new VerifyCheck("topology", "main-db-1", Ok: false, "held")] }).Passed);
    }

    private static RestoreDrillReport Report { get; } = new()
    {
        Environment = "local",
        Node = "vault-restore-1",
        Moment = "2026-11-26 14:51:35.227733+00",
        Writes = new WriteReport(2598, new Dictionary<string, int>(), 40, 0, 5, 20, 201),
        Copy = Compare([Live[0], Live[1]]),
        RtoMs = 2512.4,
        ArchiveAgeMs = 4012,
        Steps = [new DrillStepTime("a moment to come back to", 60), new DrillStepTime("the moment is restored", 1780)],
    };

    private static RestoreComparison Compare(IReadOnlyCollection<RestoredRow> copy) => RestoreComparison.Of(Samples, 1000, 1100, 6_000, Live, copy);
}
