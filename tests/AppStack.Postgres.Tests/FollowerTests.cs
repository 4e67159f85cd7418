using System.Diagnostics;
using System.Text.Json;
using AppStack.Components.Postgres.Databases;
using Npgsql;

namespace AppStack.Postgres.Tests;

public sealed class FollowerTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [PostgresFact]
    public async Task A_pause_holds_statements_back_and_lets_them_go_on()
    {
        var role = await DeployAsync("pausing");
        await using var connection = await fixture.OpenAsync(role, change: First);
        await connection.ScalarAsync("SELECT 1");

        Assert.Contains("\"paused\":true", await fixture.Poolers[0].VerbAsync("pause"), StringComparison.Ordinal);
        var waiting = connection.ScalarAsync("SELECT 2");
        await fixture.Poolers[0].WaitAsync(s => IsTrue(s, "paused"));
        Assert.False(waiting.IsCompleted);
        await fixture.Poolers[0].VerbAsync("resume");

        Assert.Equal(2, await waiting);
    }

    [PostgresFact]
    public async Task A_pause_that_an_open_transaction_prevents_is_given_up()
    {
        var role = await DeployAsync("open");
        await using var connection = await fixture.OpenAsync(role, change: First);
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ScalarAsync("SELECT 1");

            var (exitCode, output, errors) = await fixture.Poolers[0].TryVerbAsync("pause", "--timeout", "0.3");

            Assert.Equal(1, exitCode);
            Assert.Contains("\"paused\":false", output, StringComparison.Ordinal);
            Assert.Contains("a transaction of open is still open after 0.3s", errors, StringComparison.Ordinal);
            await connection.ScalarAsync("SELECT 1");
            await transaction.CommitAsync();
        }

        Assert.Equal(2, await connection.ScalarAsync("SELECT 2"));
    }

    [PostgresFact]
    public async Task A_pause_that_nobody_ends_ends_by_itself()
    {
        var role = await DeployAsync("limit");
        await using var connection = await fixture.OpenAsync(role, change: First);
        await fixture.Poolers[0].VerbAsync("pause", "--limit", "0.5");

        Assert.Equal(1, await connection.ScalarAsync("SELECT 1"));
    }

    [PostgresFact]
    public async Task A_login_that_is_under_way_when_a_pause_begins_makes_nobody_be_refused_after_it()
    {
        var role = await DeployAsync("entering");
        await using var sleeper = await fixture.OpenAsync(role, change: First);
        await using var second = await fixture.OpenAsync(role, change: First);
        await using var third = await fixture.OpenAsync(role, change: First);
        await fixture.Leader.SqlAsync("postgres", "ALTER SYSTEM SET pre_auth_delay = 1;\nSELECT pg_reload_conf();");
        try
        {
            var sleeping = sleeper.ScalarAsync("SELECT 1 FROM pg_sleep(0.5)");
            var entering = second.ScalarAsync("SELECT 2");
            await fixture.Poolers[0].WaitForLoginAsync(role.Database);
            await fixture.Poolers[0].VerbAsync("pause");
            await fixture.Poolers[0].VerbAsync("resume");

            Assert.Equal(3, await third.ScalarAsync("SELECT 3"));
            Assert.Equal(1, await sleeping);
            Assert.Equal(2, await entering);
        }
        finally
        {
            await fixture.Leader.SqlAsync("postgres", "ALTER SYSTEM RESET pre_auth_delay;\nSELECT pg_reload_conf();");
        }
    }

    [PostgresFact]
    public async Task A_reload_while_a_pause_waits_does_not_let_pools_grow()
    {
        var role = await DeployAsync("growing");
        await using var connection = await fixture.OpenAsync(role, change: First);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ScalarAsync("SELECT 1");
        var pause = fixture.Poolers[0].VerbAsync("pause");
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("paused").ToString() == "pending");
        fixture.StandbyGuard.Status = FakeGuard.Standby(1, streaming: false);
        try
        {
            await fixture.Poolers[0].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 0);

            Assert.Equal("1", await fixture.Poolers[0].SettingAsync("max_user_connections"));
        }
        finally
        {
            fixture.StandbyGuard.Status = FakeGuard.Standby(1);
            await transaction.CommitAsync();
            await pause;
            await fixture.Poolers[0].VerbAsync("resume");
            await fixture.Poolers[0].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1);
        }

        Assert.Equal("0", await fixture.Poolers[0].SettingAsync("max_user_connections"));
    }

    [PostgresFact]
    public async Task An_announced_switchover_pauses_until_there_is_a_leader_without_plans()
    {
        var role = await DeployAsync("announced");
        await using var connection = await fixture.OpenAsync(role, change: First);
        fixture.LeaderGuard.Status = FakeGuard.Leader(1, switchover: "*");
        await fixture.Poolers[0].WaitAsync(s => IsTrue(s, "paused"));
        var waiting = connection.ScalarAsync("SELECT 1");
        fixture.LeaderGuard.Status = FakeGuard.Standby(1, streaming: false);
        Assert.False(waiting.IsCompleted);
        fixture.LeaderGuard.Status = FakeGuard.Leader(1);

        Assert.Equal(1, await waiting);
    }

    [PostgresFact]
    public async Task Without_a_standby_the_read_only_name_leads_to_the_leader()
    {
        var role = await DeployAsync("alone");
        fixture.StandbyGuard.Status = FakeGuard.Standby(1, streaming: false);
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 0);
        await using (var connection = await fixture.OpenAsync(role, readOnly: true, change: First))
        {
            Assert.Equal(false, await connection.ScalarAsync("SELECT pg_is_in_recovery()"));
        }

        fixture.StandbyGuard.Status = FakeGuard.Standby(1);
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1);
    }

    [PostgresFact]
    public async Task A_pooler_that_dies_costs_no_more_than_the_statements_that_were_on_it()
    {
        var role = await DeployAsync("twofold");
        await using var connection = await fixture.OpenAsync(role, change: b => b.Pooling = false);
        await fixture.Poolers[0].KillBouncerAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.ScalarAsync("SELECT 1"));
        await using (var again = await fixture.OpenAsync(role, change: b => b.Pooling = false))
        {
            Assert.Equal(1, await again.ScalarAsync("SELECT 1"));
        }

        await fixture.Poolers[0].WaitAsync(s => !s.GetProperty("healthy").GetBoolean());
        var (exitCode, _, errors) = await fixture.Poolers[0].TryVerbAsync("gate", "--timeout", "0");
        Assert.Equal(1, exitCode);
        Assert.Contains("PgBouncer does not answer", errors, StringComparison.Ordinal);
        await fixture.Poolers[0].StartBouncerAsync();
        await fixture.Poolers[0].VerbAsync("gate");
    }

    [PostgresFact]
    public async Task Who_comes_while_all_connections_are_busy_can_log_in()
    {
        var role = await DeployAsync("crowded");
        var busy = new List<NpgsqlConnection>();
        try
        {
            for (var count = 0; count < DatabaseFixture.PoolSize; count++)
            {
                busy.Add(await fixture.OpenAsync(role, change: First));
                await busy[^1].BeginTransactionAsync();
                await busy[^1].ScalarAsync("SELECT 1");
            }

            await using var next = await fixture.OpenAsync(role, change: First);
            var waiting = next.ScalarAsync("SELECT 2");
            await using var late = await fixture.OpenAsync(role, change: First);

            await busy[0].CloseAsync();
            Assert.Equal(2, await waiting);
            Assert.Equal(3, await late.ScalarAsync("SELECT 3"));
        }
        finally
        {
            foreach (var connection in busy)
            {
                await connection.DisposeAsync();
            }
        }
    }

    [PostgresFact]
    public async Task A_new_database_disturbs_nobody()
    {
        var role = await DeployAsync("settled");
        await using var connection = await fixture.OpenAsync(role, change: First);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ScalarAsync("SELECT set_config('x.y', 'kept', true)");

        await fixture.DeployAsync(new DatabaseSpec { Name = "newcomer" });

        Assert.Equal("kept", await connection.ScalarAsync("SELECT current_setting('x.y')"));
    }

    [PostgresFact]
    public async Task Health_is_told_over_HTTP()
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri($"http://{fixture.Spec.Poolers[1].Address}:{fixture.Spec.HealthPort}/"));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("db-1", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("leader").GetString());
    }

    private static void First(NpgsqlConnectionStringBuilder builder) => builder.Host = builder.Host!.Split(',')[0];

    private static bool IsTrue(JsonElement status, string name) => status.GetProperty(name).ValueKind == JsonValueKind.True;

    private async Task<DatabaseRoleSpec> DeployAsync(string name)
    {
        var database = new DatabaseSpec { Name = name };
        await fixture.DeployAsync(database);
        return database.Role(DatabaseRoleKind.Runtime);
    }
}
