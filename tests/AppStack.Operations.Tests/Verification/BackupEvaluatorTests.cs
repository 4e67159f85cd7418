using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class BackupEvaluatorTests
{
    // As pgBackRest 2.45 writes it, without what is not looked at.
    private const string Info = """
        {"stanzas":[{"archive":[{"id":"15-1","max":"00000001000000000000000C","min":"000000010000000000000001"}],
          "backup":[{"archive":{"start":"000000010000000000000005","stop":"000000010000000000000006"},"error":false,"info":{"repository":{"delta":5172944}},"label":"20261126-145109F","timestamp":{"start":1795704669,"stop":1795704673},"type":"full"},
                    {"archive":{"start":"000000010000000000000008","stop":"000000010000000000000008"},"error":false,"info":{"repository":{"delta":1048576}},"label":"20261126-145109F_20261126-145130I","timestamp":{"start":1795704690,"stop":1795704692},"type":"incr"}],
          "name":"main","status":{"code":0,"message":"ok"}}],"gaps":{"main":[]}}
        """;

    private const string Timers = """
        LastTriggerUSec=@1795704688
        Result=success
        Id=appstack-backup-main-incr.timer
        ActiveState=active

        LastTriggerUSec=
        Result=success
        Id=appstack-backup-main-full.timer
        ActiveState=active

        Result=success
        Id=appstack-backup@main-incr.service
        ActiveState=inactive
        """;

    private static readonly NodeExpectation Node = new() { Name = "vault-backup-1", Role = NodeRole.Backup, BackedUp = ["main"] };

    [Fact]
    public void The_last_backup_is_told()
    {
        var check = Check(Info, Timers);

        Assert.True(check.Ok);
        Assert.Equal("main: 20261126-145109F_20261126-145130I of 2026-11-26 14:51 UTC, 1.0 MiB; WAL up to 00000001000000000000000C", check.Detail);
    }

    [Theory]
    [InlineData("\"code\":0,\"message\":\"ok\"", "\"code\":99,\"message\":\"other\"", "pgBackRest says: other")]
    [InlineData("\"gaps\":{\"main\":[]}", "\"gaps\":{\"main\":[\"00000001000000000000000A-00000001000000000000000B\"]}", "WAL 00000001000000000000000A-00000001000000000000000B is missing")]
    [InlineData("\"error\":false,\"info\":{\"repository\":{\"delta\":1048576}}", "\"error\":true,\"info\":{\"repository\":{\"delta\":1048576}}", "checksum is wrong")]
    public void What_is_off_is_told(string good, string bad, string detail)
    {
        var check = Check(Info.Replace(good, bad, StringComparison.Ordinal), Timers);

        Assert.False(check.Ok);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_that_a_later_backup_has_bridged_is_told_and_no_fault()
    {
        var check = Check(Info.Replace("\"main\":[]", "\"main\":[\"000000010000000000000007-000000010000000000000007\"]", StringComparison.Ordinal), Timers);

        Assert.True(check.Ok);
        Assert.Contains("no moment within WAL 000000010000000000000007-000000010000000000000007 can be restored", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_that_was_due_and_was_not_made_is_off_unless_it_is_being_made()
    {
        var due = Timers.Replace("@1795704688", "@1795790000", StringComparison.Ordinal);

        Assert.Contains("was due on 2026-11-27 14:33 UTC and was not made", Check(Info, due).Detail, StringComparison.Ordinal);
        Assert.True(Check(Info, due.Replace("ActiveState=inactive", "ActiveState=activating", StringComparison.Ordinal)).Ok);
    }

    [Fact]
    public void A_failed_unit_is_off()
    {
        var check = Check(Info, Timers.Replace("Result=success\nId=appstack-backup@main-incr.service", "Result=exit-code\nId=appstack-backup@main-incr.service", StringComparison.Ordinal));

        Assert.False(check.Ok);
        Assert.Contains("appstack-backup@main-incr.service failed", check.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"stanzas\":[],\"gaps\":{}}", 0, "there is no backup")]
    [InlineData("pgbackrest: no such file", 127, "pgbackrest: no such file")]
    [InlineData("not JSON", 0, "not JSON")]
    public void No_backup_and_no_answer_are_off(string said, int exitCode, string detail) => Assert.Contains(detail, Check(said, Timers, exitCode).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_node_that_keeps_nothing_is_not_asked() => Assert.Empty(BackupEvaluator.Evaluate(Node with { BackedUp = [] }, ProbeOutput.Parse("")));

    private static VerifyCheck Check(string info, string timers, int exitCode = 0) => Assert.Single(BackupEvaluator.Evaluate(
        Node, ProbeOutput.Parse($"@@section {ProbeScript.Backups}\n{info}\n@@exit {exitCode}\n@@section {ProbeScript.BackupTimers}\n{timers}\n@@exit 0\n")));
}
