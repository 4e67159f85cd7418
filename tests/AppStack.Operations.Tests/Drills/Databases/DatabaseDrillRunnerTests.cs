using System.Globalization;
using System.Text.Json;
using AppStack.Operations.Drills;
using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Load;
using Spectre.Console;

namespace AppStack.Operations.Tests.Drills.Databases;

public sealed class DatabaseDrillRunnerTests
{
    // By the server's clock and long after the fault, whenever the tests run.
    private static readonly long Later = (DateTime.UnixEpoch.AddYears(200).Ticks - DateTime.UnixEpoch.Ticks) / 10;

    [Fact]
    public async Task A_leader_that_is_lost_is_followed_by_another_one_and_comes_back()
    {
        var platform = new FakeDatabasePlatform();

        var report = await RunAsync(platform, "db-leader-loss");

        Assert.Null(report.Error);
        Assert.Equal((1, 0, 0), (report.Audit!.Acknowledged, report.Audit.Lost, report.Audit.Duplicated));
        Assert.Equal(["power off main-db-1", "another node leads", "writes are acknowledged", "take it back", "platform whole again"], report.Parts.Single().Steps.Select(step => step.Name));
        Assert.Equal(["start writer", "power off main-db-1", "power on main-db-1", "stop writer", "tidy up"], platform.Log);
    }

    [Fact]
    public async Task Nobody_leads_and_what_was_measured_is_reported_all_the_same()
    {
        var platform = new FakeDatabasePlatform { Next = null };

        var report = await RunAsync(platform, "db-leader-loss");

        Assert.False(report.Passed);
        Assert.Equal("power off main-db-1: another node leads: not within 60 s. `appstack status local` says what is wrong now and what to do about it", report.Error);
        Assert.Equal(["power off main-db-1"], report.Parts.Single().Steps.Select(step => step.Name));
        Assert.Equal(["start writer", "power off main-db-1", "power on main-db-1", "stop writer", "tidy up"], platform.Log);
        using var json = JsonDocument.Parse(DatabaseDrillReportWriter.ToJson(report));
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(report.Error, json.RootElement.GetProperty("error").GetString());
        Assert.Equal((2, 1, 1, 0, 0), (Number("requests"), Number("failed"), Number("acknowledged"), Number("lost"), Number("duplicated")));
        Assert.True(json.RootElement.GetProperty("recoveryMs").GetDouble() >= 60_000, report.Parts[0].Writes.ToString());

        int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_platform_that_stays_broken_is_reported_with_the_audit()
    {
        var report = await RunAsync(new FakeDatabasePlatform { Health = look => look == 1 }, "db-leader-loss");

        Assert.False(report.Passed);
        Assert.StartsWith("power off main-db-1: the platform is not whole again after 120 s: ", report.Error, StringComparison.Ordinal);
        Assert.Equal(0, report.Audit?.Lost);
        Assert.Single(report.OffAfterwards);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_not_counted_as_if_they_were_there()
    {
        var report = await RunAsync(new FakeDatabasePlatform { Rows = () => throw new Npgsql.NpgsqlException("no pooler answers") }, "db-leader-loss");

        Assert.False(report.Passed);
        Assert.StartsWith("reading the rows: no pooler answers. ", report.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(DatabaseDrillReportWriter.ToJson(report));
        Assert.Equal(1, json.RootElement.GetProperty("acknowledged").GetInt32());
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], new[] { "lost", "duplicated" }.Select(name => json.RootElement.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task People_read_what_ended_a_drill()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 500;

        DatabaseDrillReportWriter.Write(console, await RunAsync(new FakeDatabasePlatform { Next = null }, "db-leader-loss"));

        Assert.Contains("error: power off main-db-1: another node leads: not within 60 s. `appstack status local`", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("power off main-db-1: it was not done to its end", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("db-leader-loss did not pass", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_margin_is_from_the_old_leaders_last_row_to_the_new_ones_first()
    {
        var part = (await RunAsync(Partitioned([new(1, "10.0.0.1", 100), new(2, "10.0.0.2", Later + 2_500_000), new(3, "10.0.0.2", Later + 3_000_000)]), Cut)).Parts.Single();

        Assert.Equal(2500, part.MarginMs);
        Assert.Empty(part.Complaints);
    }

    [Fact]
    public async Task Two_that_accepted_writes_at_once_fail_the_drill()
    {
        var report = await RunAsync(Partitioned([new(1, "10.0.0.1", 100), new(2, "10.0.0.2", Later - 500_000)]), Cut);

        Assert.False(report.Passed);
        Assert.Equal(-500, report.MarginMs);
    }

    [Fact]
    public async Task A_margin_that_nobody_knows_fails_the_drill_and_says_why()
    {
        var report = await RunAsync(Partitioned([new(1, "10.0.0.1", 100)]), Cut);

        Assert.False(report.Passed);
        Assert.Equal(["whether two accepted writes at once is not known: there is no row that main-db-2 accepted after the fault, though it led; run the drill again"], report.Parts.Single().Complaints);
        using var json = JsonDocument.Parse(DatabaseDrillReportWriter.ToJson(report));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("marginMs").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("parts")[0].GetProperty("marginMs").ValueKind);
    }

    private static DatabaseDrillScenario Cut
    {
        get
        {
            var partition = DatabaseDrillScenarios.Find("db-partition")!;
            return partition with { Parts = [partition.Parts[0]], Limits = new DatabaseDrillLimits { OverlapMs = 0 } };
        }
    }

    private static FakeDatabasePlatform Partitioned(IReadOnlyList<WrittenRow> rows) => new()
    {
        Rows = () => rows,
        Answer = command => command.Contains("; cat ", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{Later - 50_000}\n{Later}\n") : "",
        Samples = [new(1, 1_000_000, 1_000_500, null), new(2, 1_100_000, 1_100_500, null), new(3, 1_200_000, 1_200_500, null)],
    };

    private static Task<DatabaseDrillReport> RunAsync(FakeDatabasePlatform platform, string scenario) => RunAsync(platform, DatabaseDrillScenarios.Find(scenario)!);

    private static Task<DatabaseDrillReport> RunAsync(FakeDatabasePlatform platform, DatabaseDrillScenario scenario) =>
        new DatabaseDrillRunner(platform, _ => { }).RunAsync(scenario, "local", null, new DrillSettings(), 200, TimeSpan.FromSeconds(11), CancellationToken.None);
}
