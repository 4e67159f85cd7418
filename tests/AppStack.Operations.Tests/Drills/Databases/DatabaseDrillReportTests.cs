using AppStack.Operations.Drills;
using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Testing;

namespace AppStack.Operations.Tests.Drills.Databases;

public sealed class DatabaseDrillReportTests
{
    private static readonly WriteReport Writes = new(2400, new Dictionary<string, int> { ["Exception while reading from stream"] = 8 }, 6500, 6900, 9.5, 41, 6500);

    private static readonly DatabaseDrillReport Report = new()
    {
        Scenario = "db-partition",
        Environment = "local",
        Parts = [DatabaseDrillPartReport.Of("cut main-db-1 off", Writes, 2310.4, DatabaseDrillLimits.Partition, [new DrillStepTime("cut main-db-1 off", 12), new DrillStepTime("another node leads", 4100)])],
        Writes = Writes,
        Audit = new WriteAudit(2392, 0, 0, 3, 0),
        ModelMs = 11_050,
    };

    [Fact]
    public void The_report_as_JSON() => Snapshot.Verify(DatabaseDrillReportWriter.ToJson(Report) + "\n", "json");

    [Fact]
    public void A_lost_row_or_two_leaders_at_once_fail_the_drill()
    {
        Assert.True(Report.Passed);
        Assert.False((Report with { Audit = new WriteAudit(2392, 1, 0, 3, 0) }).Passed);
        Assert.False((Report with { Parts = [DatabaseDrillPartReport.Of("cut", Writes, -1, DatabaseDrillLimits.Partition, [])] }).Passed);
        Assert.False((Report with { OffAfterwards = [new VerifyCheck("topology", "main-db-1", Ok: false, "held")] }).Passed);
    }

    [Fact]
    public void Limits_are_those_of_the_scenario()
    {
        Assert.False(DatabaseDrillPartReport.Of("kill", Writes, null, DatabaseDrillLimits.LeaderCrash, []).Passed);
        Assert.False(DatabaseDrillPartReport.Of("switch over", Writes, null, DatabaseDrillLimits.Switchover, []).Passed);
        Assert.True(DatabaseDrillPartReport.Of("power off", Writes, null, DatabaseDrillLimits.LeaderLoss, []).Passed);
        Assert.Empty(Writes.Failures.Keys.Except(DatabaseDrillPartReport.Of("x", Writes, null, DatabaseDrillLimits.LeaderLoss, []).Writes.Failures.Keys));
    }
}
