using System.Net;
using System.Security.Cryptography.X509Certificates;
using AppStack.Components.Postgres.Databases;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Testing;
using Npgsql;

namespace AppStack.Postgres.Tests;

/// <summary>The check <c>login</c> of <c>verify</c> against a real pooler and its servers.</summary>
public sealed class VerificationTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly DatabaseRoleSpec Role = DatabaseRoleSpec.Verification(8);

    private static readonly NodeExpectation Node = new() { Name = "pooler-1", Role = NodeRole.Pooler };

    [PostgresFact]
    public async Task Both_endpoints_of_every_pooler_let_the_role_in()
    {
        await DeployAsync("entered");
        foreach (var pooler in fixture.Poolers)
        {
            await pooler.WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1);
        }

        var checks = await Task.WhenAll(Enumerable.Range(0, 2).SelectMany(pooler => new[] { TryAsync("entered", pooler: pooler), TryAsync("entered", readOnly: true, pooler: pooler) }));

        Assert.All(checks, check => Assert.True(check.Ok, check.Detail));
        Assert.Matches("^entered: logged in, can be written to, [0-9]+ ms$", checks[0].Detail);
        Assert.Matches("^entered_ro: logged in, answered by a standby, [0-9]+ ms$", checks[3].Detail);
    }

    [PostgresFact]
    public async Task The_role_can_ask_PostgreSQL_and_nothing_else()
    {
        var database = await DeployAsync("untouched", new DatabaseMigration("0001-t.sql", "CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"));
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);
        await using var connection = await fixture.OpenAsync(Role, change: b => b.Database = "untouched");

        Assert.Equal("25006", await connection.RefusedAsync("CREATE TABLE mine (id int)"));
        foreach (var statement in new[]
        {
            "SELECT * FROM public.t", "INSERT INTO public.t VALUES (1)", "SELECT public.f()", "CREATE SCHEMA mine", "CREATE TABLE public.mine (id int)", "CREATE TEMP TABLE mine (id int)", "SELECT * FROM pg_authid",
            "SELECT * FROM pgbouncer.user_lookup('untouched_runtime_a')", "SET ROLE untouched_runtime", "SELECT * FROM appstack.migration", "CREATE ROLE other", "SELECT pg_read_file('/etc/passwd')",
        })
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ScalarAsync("SET TRANSACTION READ WRITE");
            Assert.Equal((statement, "42501"), (statement, await connection.RefusedAsync(statement)));
        }
    }

    [PostgresFact]
    public async Task While_a_service_uses_its_whole_pool_the_check_still_gets_in_and_takes_nothing_from_it()
    {
        var database = await DeployAsync("busy");
        Assert.True((await TryAsync("busy")).Ok);
        var open = new List<NpgsqlConnection>();
        try
        {
            for (var count = 0; count < DatabaseFixture.PoolSize; count++)
            {
                open.Add(await fixture.OpenAsync(database.Role(DatabaseRoleKind.Runtime), change: b => b.Host = fixture.Spec.Poolers[0].Address));
                await open[^1].BeginTransactionAsync();
                await open[^1].ScalarAsync("SELECT 1");
            }

            var check = await TryAsync("busy");
            Assert.True(check.Ok, check.Detail);
        }
        finally
        {
            foreach (var connection in open)
            {
                await connection.DisposeAsync();
            }
        }
    }

    [PostgresFact]
    public async Task A_look_up_of_users_that_fails_is_told()
    {
        await DeployAsync("unknown");
        await fixture.Leader.SqlAsync("unknown", "REVOKE EXECUTE ON FUNCTION pgbouncer.user_lookup(text) FROM pgbouncer_auth;");

        var check = await TryAsync("unknown");

        Assert.False(check.Ok);
        Assert.Contains("pgbouncer.user_lookup", check.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_role_that_the_database_does_not_admit_is_told()
    {
        await DeployAsync("closed");
        await fixture.Leader.SqlAsync("postgres", $"REVOKE CONNECT ON DATABASE closed FROM {Role.Group};");

        var check = await TryAsync("closed");

        Assert.False(check.Ok);
        Assert.Contains("may not connect to the database", check.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_wrong_password_is_told_and_not_repeated()
    {
        await DeployAsync("guessed");

        var check = await TryAsync("guessed", password: "wrongwrongwrong");

        Assert.False(check.Ok);
        Assert.Contains("has another password than the server", check.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("wrongwrong", check.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_endpoint_that_the_pooler_does_not_know_is_told()
    {
        await DeployAsync("known");

        var check = await TryAsync("nowhere");

        Assert.False(check.Ok);
        Assert.Contains("the pooler knows neither endpoint nor role", check.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_pooler_that_another_authority_vouches_for_is_not_let_have_the_password()
    {
        await DeployAsync("foreign");
        using var other = new TestAuthority();

        var check = await TryAsync("foreign", authority: other.Certificate);

        Assert.False(check.Ok);
        Assert.Contains("not one of the cluster's authority", check.Detail, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_pooler_that_keeps_logins_waiting_is_told_within_seconds()
    {
        await DeployAsync("waiting");
        await fixture.Poolers[0].VerbAsync("pause");
        try
        {
            var check = await TryAsync("waiting");

            Assert.False(check.Ok);
            Assert.Contains("PgBouncer waits for a server", check.Detail, StringComparison.Ordinal);
            Assert.InRange(check.Ms, 0, 10_000);
        }
        finally
        {
            await fixture.Poolers[0].VerbAsync("resume");
        }
    }

    [PostgresFact]
    public async Task A_port_on_which_nobody_listens_is_told()
    {
        var check = await TryAsync("any", port: PostgresServer.FreePort());

        Assert.False(check.Ok);
        Assert.Contains("PgBouncer does not listen there", check.Detail, StringComparison.Ordinal);
    }

    private async Task<DatabaseSpec> DeployAsync(string name, params DatabaseMigration[] migrations)
    {
        var database = new DatabaseSpec { Name = name, Migrations = [.. migrations] };
        await fixture.DeployAsync(database);
        await fixture.DeployRoleAsync(Role);
        return database;
    }

    private async Task<VerifyCheck> TryAsync(string database, bool readOnly = false, int pooler = 0, string? password = null, string? authority = null, int? port = null)
    {
        var endpoint = new PoolerEndpoint(new IPEndPoint(IPAddress.Parse(fixture.Spec.Poolers[pooler].Address), port ?? fixture.Spec.Port), database, readOnly);
        using var login = new PoolerLogin(Role.Login, password ?? fixture.PasswordOf(Role.Login, 1), X509Certificate2.CreateFromPem(authority ?? fixture.Authority));
        return LoginEvaluator.Evaluate(Node, endpoint, await login.TryAsync(endpoint, default));
    }
}
