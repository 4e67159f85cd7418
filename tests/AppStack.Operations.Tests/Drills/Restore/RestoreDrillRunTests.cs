using System.Text.Json;
using AppStack.Operations.Drills;
using AppStack.Operations.Drills.Restore;
using AppStack.Operations.Load;
using AppStack.Operations.Tests.Drills.Databases;

namespace AppStack.Operations.Tests.Drills.Restore;

public sealed class RestoreDrillRunTests
{
    private const string Begin = "vault-restore-1: /usr/local/sbin/appstack-restore begin main '2026-11-26 14:51:35+00'";
    private const string End = "vault-restore-1: /usr/local/sbin/appstack-restore end main";

    [Fact]
    public async Task The_copy_is_removed_when_it_was_read()
    {
        var platform = Platform();

        var report = await RunAsync(platform);

        Assert.True(report.Passed, report.Error);
        Assert.Equal([End, "tidy up"], platform.Log.TakeLast(2));
    }

    [Fact]
    public async Task A_copy_of_somebody_else_is_left_alone_and_nothing_is_deleted()
    {
        var platform = Platform(list: "dilosi\nmain\n");

        var exception = await Assert.ThrowsAsync<OperationException>(() => RunAsync(platform));

        Assert.Contains("a copy of main is there already on vault-restore-1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("appstack-restore end main", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["vault-restore-1: /usr/local/sbin/appstack-restore list"], platform.Log);
    }

    [Fact]
    public async Task A_copy_that_somebody_else_makes_meanwhile_is_left_alone()
    {
        var platform = Platform(begin: () => throw new OperationException("vault-restore-1: `begin` failed with exit code 1: appstack-restore: /var/lib/appstack-restore/main is there already; see"));

        var report = await RunAsync(platform);

        Assert.False(report.Passed);
        Assert.Contains("is there already", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(End, platform.Log);
        Assert.Equal([Begin, "stop writer", "tidy up"], platform.Log.TakeLast(3));
    }

    [Fact]
    public async Task A_copy_that_fails_half_way_is_removed_and_what_was_measured_is_reported()
    {
        var platform = Platform(begin: () => throw new OperationException("vault-restore-1: the copy does not start; it stays in /var/lib/appstack-restore/main"));

        var report = await RunAsync(platform);

        Assert.Equal([End, "tidy up"], platform.Log.TakeLast(2));
        using var json = JsonDocument.Parse(RestoreDrillReportWriter.ToJson(report));
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.StartsWith("vault-restore-1: the copy does not start; ", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (Number("requests"), Number("acknowledged"), Number("failed")));
        Assert.All(["recoveryMs", "rtoMs", "rpoMs", "lost", "duplicated"], name => Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind));

        int Number(string name) => json.RootElement.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_copy_that_cannot_be_removed_does_not_leave_the_role_behind()
    {
        var platform = Platform(end: () => throw new OperationException("vault-restore-1: it does not stop"));

        var report = await RunAsync(platform);

        Assert.False(report.Passed);
        Assert.StartsWith("removing the copy: vault-restore-1: it does not stop. ", report.Error, StringComparison.Ordinal);
        Assert.Equal("tidy up", platform.Log[^1]);
    }

    [Fact]
    public async Task An_empty_copy_has_a_report_too()
    {
        var report = await RunAsync(Platform(copy: ""));

        Assert.False(report.Passed);
        using var json = JsonDocument.Parse(RestoreDrillReportWriter.ToJson(report));
        Assert.Equal(1, json.RootElement.GetProperty("lost").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("rpoMs").ValueKind);
    }

    private static FakeDatabasePlatform Platform(string list = "", Func<string>? begin = null, Func<string>? end = null, string copy = "1|5100|(1,a)\n") => new()
    {
        Samples = [new WriteSample(1, 1_000_000, 1_000_500, null)],
        Sql = sql => sql.Contains("now()", StringComparison.Ordinal) ? "2026-11-26 14:51:35+00|6000\n"
            : sql.Contains("::text", StringComparison.Ordinal) ? "1|5100|(1,a)\n"
            : sql.Contains("clock_timestamp", StringComparison.Ordinal) ? "4012\n"
            : sql.Contains(">=", StringComparison.Ordinal) ? "t\n" : "",
        Answer = command => command.EndsWith(" list", StringComparison.Ordinal) ? list
            : command.Contains(" begin ", StringComparison.Ordinal) ? begin?.Invoke() ?? ""
            : command.Contains(" end ", StringComparison.Ordinal) ? end?.Invoke() ?? ""
            : command.Contains(" sql ", StringComparison.Ordinal) ? copy : "",
    };

    private static Task<RestoreDrillReport> RunAsync(FakeDatabasePlatform platform) =>
        new RestoreDrill(platform, "main", "vault-backup-1", "vault-restore-1", _ => { }).RunAsync("local", new DrillSettings(), 200, CancellationToken.None);
}
