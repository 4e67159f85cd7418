using AppStack.Components.Postgres.Databases;
using Npgsql;

namespace AppStack.Postgres.Tests;

public sealed class RotationTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    [PostgresFact]
    public async Task Passwords_rotate_under_load_without_a_failed_statement()
    {
        var database = new DatabaseSpec { Name = "rotation", Migrations = [new("0001-t.sql", "CREATE TABLE t (generation int, who text DEFAULT session_user)")] };
        await fixture.DeployAsync(database);
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);
        var generation = 1;
        var written = new int[4];
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteAsync())).ToArray();

        for (var next = 2; next <= 3; next++)
        {
            await ReachAsync(next - 1);

            // The new password is there before anybody uses it, and the one in use stays.
            await fixture.DeployAsync(database with { PasswordGeneration = next });
            Volatile.Write(ref generation, next);
            await ReachAsync(next);
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Equal(
            "1|rotation_runtime_a\n2|rotation_runtime_b\n3|rotation_runtime_a",
            await fixture.Leader.SqlAsync("rotation", "SELECT DISTINCT generation, who FROM t ORDER BY 1"));
        Assert.Equal(written.Sum(), int.Parse(await fixture.Leader.SqlAsync("rotation", "SELECT count(*) FROM t"), System.Globalization.CultureInfo.InvariantCulture));

        // What was in use before the last one but one is worth nothing any more.
        await using var old = new NpgsqlConnection(fixture.ConnectionString(database.Role(DatabaseRoleKind.Runtime), change: b => b.Pooling = false));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => old.OpenAsync());

        // A service whose instances are replaced one by one: each statement with the password that its instance knows, and each login a new one.
        async Task WriteAsync()
        {
            while (!end.IsCancellationRequested)
            {
                var mine = Volatile.Read(ref generation);
                var role = (database with { PasswordGeneration = mine }).Role(DatabaseRoleKind.Runtime);
                await using var connection = await fixture.OpenAsync(role, change: b => b.Pooling = false);
                for (var i = 0; i < 3; i++)
                {
                    await using var command = new NpgsqlCommand("INSERT INTO t VALUES ($1)", connection) { Parameters = { new() { Value = mine } } };
                    await command.ExecuteNonQueryAsync();
                    Interlocked.Increment(ref written[mine]);
                }
            }
        }

        async Task ReachAsync(int wanted)
        {
            var from = Volatile.Read(ref written[wanted]);
            while (Volatile.Read(ref written[wanted]) < from + 20)
            {
                await Task.WhenAll(clients.Where(client => client.IsFaulted));
                await Task.Delay(5);
            }
        }
    }
}
