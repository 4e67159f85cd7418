using System.Globalization;
using System.Text.Json;
using AppStack.Lab.Tests.Machines;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Databases;

/// <summary>
/// What is promised of databases, on a real cluster. Rows are counted and compared; times are not asserted, as tests share the machine: they are
/// the figures of the drills themselves.
/// </summary>
[Collection(DatabasePlatform.Name)]
[TestCaseOrderer("AppStack.Lab.Tests.Platform.ByOrder", "AppStack.Lab.Tests")]
public sealed class DatabaseTests(DatabasePlatform platform)
{
    private const string MaxConnections = "maxConnections: 100";

    // Nobody can tell any more whose data these are.
    private const string Destroy = "systemctl kill --kill-whom=all --signal=KILL postgresql@15-main.service; rm /var/lib/postgresql/15/main/global/pg_control";

    [RootFact, Order(1)]
    public async Task A_fresh_platform_is_whole_and_has_nothing_to_change()
    {
        await platform.WholeAsync();
        Assert.Empty((await platform.UpAsync()).EnsureSuccess().ChangedResources());
    }

    [RootTheory, Order(2)]
    [InlineData("db-switchover", true)]
    [InlineData("db-standby-loss", true)]
    [InlineData("db-pooler-loss", false)]
    [InlineData("db-leader-crash", false)]
    [InlineData("db-leader-loss", false)]
    [InlineData("db-partition", false)]
    public async Task A_drill_loses_and_doubles_no_acknowledged_row(string scenario, bool nobodyFails)
    {
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json", "--rate", "50");

        var report = result.DrillReport();
        Assert.Equal(scenario, report.GetProperty("scenario").GetString());
        Assert.True(report.GetProperty("acknowledged").GetInt32() > 100, result.Output);
        Assert.Equal(0, report.GetProperty("lost").GetInt32());
        Assert.Equal(0, report.GetProperty("duplicated").GetInt32());
        Assert.True(!nobodyFails || report.GetProperty("failed").GetInt32() == 0, result.Output);
        Assert.Equal(scenario == "db-partition", report.TryGetProperty("marginMs", out _));
        NeverTwoAtOnce(report);
        await platform.WholeAsync();
    }

    [RootFact, Order(3)]
    public async Task Deleted_rows_come_back_from_the_backup_to_the_last_one()
    {
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, "restore", "--json", "--rate", "50");

        var report = result.DrillReport();
        Assert.True(report.GetProperty("passed").GetBoolean(), result.Output);
        Assert.True(report.GetProperty("acknowledged").GetInt32() > 100, result.Output);
        Assert.Equal(report.GetProperty("checksum").GetString(), report.GetProperty("copyChecksum").GetString());
        Assert.Empty((await platform.OnNodeAsync("vault-restore-1", "appstack-restore list")).Trim());
    }

    [RootFact, Order(4)]
    public async Task WAL_that_is_missing_in_the_archive_is_noticed_until_the_next_backup()
    {
        const string Archive = "/var/lib/appstack-backup/repository/archive/main";
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await platform.OnNodeAsync(await LeaderAsync(), "cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- psql -XAtqc 'checkpoint' -c 'select pg_switch_wal()'");
        }

        await platform.WholeAsync();
        await platform.OnNodeAsync("vault-backup-1", $"rm \"$(find {Archive} -regextype posix-egrep -regex '.*/[0-9A-F]{{24}}-[^/]*' | sort | tail -n 2 | head -n 1)\"");

        var off = Assert.Single((await platform.VerifyAsync()).EnsureExitCode(1).Json().GetProperty("checks").EnumerateArray(), check => !check.GetProperty("ok").GetBoolean());
        Assert.Equal("backup", off.GetProperty("name").GetString());
        Assert.Contains("is missing", off.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await platform.OnNodeAsync("vault-backup-1", "appstack-backup make main-incr");
        await platform.WholeAsync();
    }

    [RootFact, Order(5)]
    public async Task A_switchover_makes_the_chosen_node_the_leader()
    {
        await platform.WholeAsync();
        var chosen = await FollowerAsync();

        (await platform.Command.RunAsync("db", "switchover", platform.Descriptor, "--to", chosen)).EnsureSuccess();

        await platform.WholeAsync();
        Assert.Equal(chosen, await LeaderAsync());
    }

    [RootFact, Order(6)]
    public async Task A_standby_whose_data_are_destroyed_is_held_and_rebuilt_on_demand()
    {
        var broken = await FollowerAsync();
        await platform.OnNodeAsync(broken, Destroy);

        var off = (await platform.VerifyAsync()).EnsureExitCode(1).Json().GetProperty("checks").EnumerateArray().Where(check => !check.GetProperty("ok").GetBoolean());
        Assert.Contains(off, check => check.GetProperty("node").GetString() == broken);

        (await platform.Command.RunAsync("db", "rejoin", platform.Descriptor, "--node", broken, "--rebuild")).EnsureSuccess();
        await platform.WholeAsync();
    }

    [RootFact, Order(7)]
    public async Task A_parameter_that_needs_a_restart_is_rolled_out_to_every_node()
    {
        platform.Change(MaxConnections, "maxConnections: 110");
        (await platform.UpAsync()).EnsureSuccess();

        Assert.All(await ShowAsync("max_connections"), value => Assert.Equal("110", value));
        await platform.WholeAsync();

        platform.Restore();
        (await platform.UpAsync()).EnsureSuccess();
        Assert.All(await ShowAsync("max_connections"), value => Assert.Equal("100", value));
    }

    [RootFact, Order(7)]
    public async Task An_upgraded_program_is_taken_up_on_every_node()
    {
        // What apt does with a running program: another file under its name.
        const string Upgrade = "cd /usr/lib/postgresql/15/bin && cp -p postgres postgres.new && mv postgres.new postgres";
        const string Replaced = "readlink /proc/$(head -n 1 /var/lib/postgresql/15/main/postmaster.pid)/exe";
        var nodes = (await StatusAsync()).Select(node => node.GetProperty("node").GetString()!).ToList();
        await Task.WhenAll(nodes.Select(node => platform.OnNodeAsync(node, Upgrade)));
        await platform.UntilAsync(async () => (await StatusAsync()).All(node => node.GetProperty("pendingRestart").GetBoolean()));
        Assert.Contains("waits for a restart", (await platform.VerifyAsync()).EnsureExitCode(1).Output, StringComparison.Ordinal);

        await platform.OnNodeAsync(nodes[0], "appstack-pg rollout");

        Assert.All(await Task.WhenAll(nodes.Select(node => platform.OnNodeAsync(node, Replaced))), program => Assert.Equal("/usr/lib/postgresql/15/bin/postgres", program.Trim()));
        await platform.WholeAsync();
    }

    [RootFact, Order(8)]
    public async Task A_cluster_at_another_site_takes_the_place_of_one_that_is_lost_and_is_followed_by_it_when_it_is_back()
    {
        const string Restore = "  - { cluster: vault, role: restore";
        const string Refuge = "  - { cluster: refuge, role: database, seq: 1, site: there, rack: r1, addresses: [10.83.0.91], memory: 512, cores: 1 }\n";
        const string Services = "    services:\n      - { name: dilosi, pool: 10, passwordGeneration: 1, migrations: samples/dilosi/migrations }\n";
        string[] lost = ["main-db-1", "main-db-2", "main-db-3"];
        platform.Change(Restore, Refuge + Restore, (Services, Services + "  - { name: refuge, version: 15, follows: main, rpo: bounded, maxConnections: 100 }\n"));
        (await platform.UpAsync()).EnsureSuccess();
        await platform.WholeAsync();

        // The other cluster leads: nobody takes its place by mistake.
        Assert.Contains("still leads main", (await platform.Command.RunAsync("db", "promote", platform.Descriptor, "refuge")).EnsureExitCode(1).Output, StringComparison.Ordinal);

        await SqlAsync("main-db-1", "create table public.drill_disaster as select generate_series(1, 1000) as id");
        await platform.UntilAsync(async () => await SqlAsync("refuge-db-1", "select count(*) from public.drill_disaster", here: true) == "1000");
        await Task.WhenAll(lost.Select(node => platform.Control.PowerOffAsync(node)));
        (await platform.Command.RunAsync("db", "promote", platform.Descriptor, "refuge")).EnsureSuccess();
        Assert.Equal("1001", await SqlAsync("refuge-db-1", "insert into public.drill_disaster values (1001); select count(*) from public.drill_disaster"));

        // The lost one comes back and elects a leader of its own; then it is told to follow, and what it did meanwhile is gone.
        await Task.WhenAll(lost.Select(node => platform.Control.PowerOnAsync(node)));
        await platform.UntilAsync(async () => (await StatusAsync("main")).Any(node => node.GetProperty("writable").GetBoolean()));
        await SqlAsync("main-db-1", "insert into public.drill_disaster values (2001), (2002)");
        platform.Change(
            Restore,
            Refuge + Restore,
            (Services, "    follows: refuge\n  - name: refuge\n    version: 15\n    rpo: bounded\n    maxConnections: 100\n" + Services),
            ("{ cluster: main,  role: pooler,   seq: 1, site: here, rack: r1, addresses: [10.83.0.46] }", "{ cluster: refuge, role: pooler, seq: 1, site: there, rack: r1, addresses: [10.83.0.96] }"),
            ("{ cluster: main,  role: pooler,   seq: 2, site: here, rack: r2, addresses: [10.83.0.47] }", "{ cluster: refuge, role: pooler, seq: 2, site: there, rack: r1, addresses: [10.83.0.97] }"));
        (await platform.UpAsync()).EnsureSuccess();

        await platform.WholeAsync();
        Assert.All(await StatusAsync("main"), node => Assert.Equal("refuge", node.GetProperty("following").GetString()));
        Assert.Equal("1001", await SqlAsync("main-db-2", "select count(*) from public.drill_disaster", here: true));

        // And back home.
        await platform.Control.PowerOffAsync("refuge-db-1");
        (await platform.Command.RunAsync("db", "promote", platform.Descriptor, "main")).EnsureSuccess();
        Assert.Equal("1002", await SqlAsync("main-db-1", "insert into public.drill_disaster values (1002); select count(*) from public.drill_disaster"));
        await platform.Control.PowerOnAsync("refuge-db-1");
        platform.Restore();
        (await platform.UpAsync()).EnsureSuccess();
        await platform.WholeAsync();
    }

    [RootFact, Order(5)]
    public async Task A_switchover_does_not_wait_for_a_repository_that_is_away()
    {
        var (leader, chosen) = (await LeaderAsync(), await FollowerAsync());
        await platform.Control.PowerOffAsync("vault-backup-1");
        try
        {
            await SqlAsync(leader, "create table archived (x int); drop table archived; select pg_switch_wal()");
            (await platform.Command.RunAsync("db", "switchover", platform.Descriptor, "main", "--to", chosen)).EnsureSuccess();

            Assert.Equal(chosen, await LeaderAsync());
            Assert.Contains("does not wait for the archive", await platform.OnNodeAsync(leader, "journalctl -q -o cat -u appstack-pg-guard"), StringComparison.Ordinal);
        }
        finally
        {
            await platform.Control.PowerOnAsync("vault-backup-1");
        }

        await platform.WholeAsync();
    }

    [RootFact, Order(6), Trait("Category", "Long")]
    public async Task Standbys_come_and_go()
    {
        // Two more than `fast` can promise: consensus of five takes longer.
        const string Third = "addresses: [10.83.0.43], memory: 512, cores: 1 }";
        static string Another(int seq) => string.Create(
            CultureInfo.InvariantCulture, $"\n  - {{ cluster: main, role: database, seq: {seq}, site: here, rack: r2, addresses: [10.83.0.5{seq}], memory: 512, cores: 1 }}");
        platform.Change(Third, Third + Another(4) + Another(5), ("rto: fast", "rto: standard"));
        (await platform.UpAsync()).EnsureSuccess();
        await platform.WholeAsync();
        Assert.Equal(5, (await StatusAsync()).Count);
        Assert.All(await ShowAsync("synchronous_standby_names"), names => Assert.StartsWith("ANY 2 (", names, StringComparison.Ordinal));

        // One that goes leads: it has to hand over before its machine is given up.
        (await platform.Command.RunAsync("db", "switchover", platform.Descriptor, "main", "--to", "main-db-5")).EnsureSuccess();
        platform.Restore();
        (await platform.UpAsync()).EnsureSuccess();
        await platform.WholeAsync();
        Assert.Equal(3, (await StatusAsync()).Count);
        Assert.All(await ShowAsync("synchronous_standby_names"), names => Assert.StartsWith("ANY 1 (", names, StringComparison.Ordinal));
    }

    [RootFact, Order(7), Trait("Category", "Long")]
    public async Task Twenty_failovers_in_a_row_converge_with_no_hand()
    {
        for (var round = 1; round <= 20; round++)
        {
            var scenario = round % 2 == 0 ? "db-leader-crash" : "db-leader-loss";
            var report = (await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json")).DrillReport();

            Assert.True(report.GetProperty("lost").GetInt32() == 0 && report.GetProperty("duplicated").GetInt32() == 0, $"round {round}: {report}");
            NeverTwoAtOnce(report);
            await platform.WholeAsync();
        }
    }

    /// <summary>Where a drill tries the old leader from within it must know, of every part, that it was silent before the new one accepted anything.</summary>
    private static void NeverTwoAtOnce(JsonElement report)
    {
        Assert.All(report.GetProperty("parts").EnumerateArray(), part => Assert.True(part.GetProperty("complaints").GetArrayLength() == 0, report.ToString()));
        if (report.TryGetProperty("marginMs", out var margin))
        {
            Assert.True(margin.ValueKind == JsonValueKind.Number && margin.GetDouble() > 0, report.ToString());
        }
    }

    private async Task<IReadOnlyList<JsonElement>> StatusAsync(string cluster = "main") =>
        [.. (await platform.Command.RunAsync("db", "status", platform.Descriptor, cluster, "--json")).Json().EnumerateArray()];

    private Task<string> SqlAsync(string node, string sql, bool here = false) =>
        platform.OnNodeAsync(node, $"appstack-pg sql --database dilosi{(here ? " --here" : "")} <<'END'\n{sql};\nEND");

    private async Task<string> LeaderAsync() => (await StatusAsync()).Single(node => node.GetProperty("writable").GetBoolean()).GetProperty("node").GetString()!;

    private async Task<string> FollowerAsync() => (await StatusAsync()).First(node => !node.GetProperty("writable").GetBoolean()).GetProperty("node").GetString()!;

    private async Task<IReadOnlyList<string>> ShowAsync(string parameter)
    {
        var nodes = (await StatusAsync()).Select(node => node.GetProperty("node").GetString()!);
        return await Task.WhenAll(nodes.Select(node => platform.OnNodeAsync(node, $"cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- psql -XAtc 'show {parameter}'")));
    }
}
