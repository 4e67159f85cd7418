using AppStack.Components.Postgres.Databases;

namespace AppStack.Postgres.Tests;

/// <summary>One test, because it uses up its fixture's cluster.</summary>
public sealed class FailoverTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [PostgresFact]
    public async Task Statements_wait_for_the_next_leader()
    {
        var database = new DatabaseSpec { Name = "failover", Migrations = [new("0001-t.sql", "CREATE TABLE t (id int PRIMARY KEY)")] };
        await fixture.DeployAsync(database);
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);
        var role = database.Role(DatabaseRoleKind.Runtime);
        await using var connection = await fixture.OpenAsync(role);
        await connection.ScalarAsync("INSERT INTO t VALUES (1)");

        // The clusters of this test replicate without waiting: what the leader took with it would be missing for a reason of the test's own.
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20)))
        {
            while (await fixture.Standby.SqlAsync("failover", "SELECT count(*) FROM t") != "1")
            {
                await Task.Delay(10, limit.Token);
            }
        }

        await fixture.Leader.StopAsync();
        fixture.LeaderGuard.Status = "";
        var waiting = connection.ScalarAsync("INSERT INTO t VALUES (2)");
        await fixture.Standby.PromoteAsync();
        fixture.StandbyGuard.Status = FakeGuard.Leader(2);

        await waiting;
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("leader").GetString() == "db-2");
        Assert.Equal("2", await fixture.Standby.SqlAsync("failover", "SELECT count(*) FROM t"));

        // An old leader that has not heard of it yet has the lower term.
        fixture.LeaderGuard.Status = FakeGuard.Leader(1);
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("servers")[0].GetProperty("role").GetString() == "leader");
        Assert.Equal("db-2", (await fixture.Poolers[0].StatusAsync()).GetProperty("leader").GetString());

        // No guard answers any more: the servers are asked themselves.
        fixture.LeaderGuard.Status = "";
        fixture.StandbyGuard.Status = "";
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("servers")[1].GetProperty("role").GetString() == "unknown");
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("healthy").GetBoolean());
        Assert.Equal("db-2", (await fixture.Poolers[0].StatusAsync()).GetProperty("leader").GetString());
    }
}
