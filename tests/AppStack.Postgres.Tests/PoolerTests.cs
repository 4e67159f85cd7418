using AppStack.Components.Postgres.Databases;
using Npgsql;

namespace AppStack.Postgres.Tests;

public sealed class PoolerTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private const string InsufficientPrivilege = "42501";

    [PostgresFact]
    public async Task Users_are_looked_up_in_their_own_database_and_nowhere_else()
    {
        var mine = new DatabaseSpec { Name = "lookup_mine" };
        var other = new DatabaseSpec { Name = "lookup_other" };
        await fixture.DeployAsync(mine);
        await fixture.DeployAsync(other);
        var runtime = mine.Role(DatabaseRoleKind.Runtime);

        await using (var connection = await fixture.OpenAsync(runtime))
        {
            Assert.Equal("lookup_mine_runtime_a", await connection.ScalarAsync("SELECT current_user::text"));
        }

        await RefusedAsync(runtime, b => b.Password = "wrong");
        await RefusedAsync(runtime, b => b.Username = "nobody");
        await RefusedAsync(runtime, b => b.Username = "postgres");
        await RefusedAsync(runtime, b => b.Database = "lookup_other");
        await RefusedAsync(runtime, b => b.Database = "postgres");
        await RefusedAsync(runtime, b => b.Database = "pgbouncer");
    }

    [PostgresFact]
    public async Task Endpoints_may_be_written_by_several_at_once()
    {
        // PgBouncer's start and reload write them, and so does the daemon when the leader changes.
        Assert.All(await fixture.Poolers[0].RenderAtOnceAsync(40), result => Assert.Equal((0, ""), (result.ExitCode, result.Errors)));
    }

    [PostgresFact]
    public async Task Metrics_tell_what_PgBouncer_does()
    {
        var database = new DatabaseSpec { Name = "measured" };
        await fixture.DeployAsync(database);
        await using (var connection = await fixture.OpenAsync(database.Role(DatabaseRoleKind.Runtime)))
        {
            await connection.ScalarAsync("SELECT current_user::text");
            var metrics = await fixture.Poolers[0].MetricsAsync();

            Assert.Contains("\npgbouncer_up 1\n", metrics, StringComparison.Ordinal);
            Assert.Contains("\nappstack_pooler_healthy 1\n", metrics, StringComparison.Ordinal);
            Assert.Contains("\nappstack_pooler_paused 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains("\npgbouncer_pools_client_active_connections{database=\"measured\",user=\"measured_runtime_a\"} 1\n", metrics, StringComparison.Ordinal);
            Assert.Matches("\npgbouncer_stats_transactions_total\\{database=\"measured\"\\} [1-9]", metrics);
            Assert.Matches("\npgbouncer_databases_max_connections\\{database=\"measured\",host=\"[^\"]+\"\\} [1-9]", metrics);
            Assert.DoesNotContain("database=\"pgbouncer\"", metrics, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task Without_TLS_nobody_gets_in()
    {
        var database = new DatabaseSpec { Name = "tls" };
        await fixture.DeployAsync(database);

        await RefusedAsync(database.Role(DatabaseRoleKind.Runtime), b => b.SslMode = SslMode.Disable);
    }

    [PostgresFact]
    public async Task The_server_never_saw_a_password_and_logged_no_verifier()
    {
        var database = new DatabaseSpec { Name = "secrecy", PasswordGeneration = 2 };
        await fixture.DeployAsync(database);
        await using var connection = await fixture.OpenAsync(database.Role(DatabaseRoleKind.Runtime));

        // This server logs all statements; those of roles are told to be an exception.
        Assert.Contains("CREATE DATABASE \"secrecy\"", fixture.Leader.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("ALTER ROLE secrecy", fixture.Leader.Log, StringComparison.Ordinal);
        foreach (var kind in Enum.GetValues<DatabaseRoleKind>())
        {
            var role = database.Role(kind);
            Assert.DoesNotContain(fixture.PasswordOf(role.LoginOf(1), 1), fixture.Leader.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(fixture.PasswordOf(role.LoginOf(2), 2), fixture.Leader.Log, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task A_role_that_cannot_be_made_leaves_no_verifier_in_the_log()
    {
        var role = new DatabaseSpec { Name = "unlucky" }.Role(DatabaseRoleKind.Runtime);
        await fixture.Leader.SqlAsync("postgres", "ALTER SYSTEM SET log_min_duration_statement = 0;\nSELECT pg_reload_conf();");
        try
        {
            var (exitCode, _, errors) = await fixture.Leader.TrySqlAsync("postgres", RoleSql.Render(role, "SCRAM-SHA-256$seen", null).Replace("LOGIN NOSUPERUSER", "LOGIN NOSENSE", StringComparison.Ordinal));

            Assert.NotEqual(0, exitCode);
            Assert.Contains("unrecognized role option", errors, StringComparison.Ordinal);
            await fixture.DeployRoleAsync(role);
            Assert.DoesNotContain("SCRAM-SHA-256$", fixture.Leader.Log, StringComparison.Ordinal);
        }
        finally
        {
            await fixture.Leader.SqlAsync("postgres", "ALTER SYSTEM RESET log_min_duration_statement;\nSELECT pg_reload_conf();");
        }
    }

    [PostgresFact]
    public async Task With_several_standbys_each_pooler_reads_at_one_of_its_own()
    {
        var database = new DatabaseSpec { Name = "several" };
        await fixture.DeployAsync(database);
        var runtime = database.Role(DatabaseRoleKind.Runtime);
        await using var other = await fixture.StartOtherAsync();
        fixture.OtherGuard.Status = FakeGuard.Standby(1);
        try
        {
            var answers = new List<object?>();
            foreach (var (pooler, spec) in fixture.Poolers.Zip(fixture.Spec.Poolers))
            {
                await pooler.WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 2);
                await using var read = await fixture.OpenAsync(runtime, readOnly: true, change: b => b.Host = spec.Address);
                answers.Add(await read.ScalarAsync("SELECT host(inet_server_addr())"));
            }

            Assert.Equal([fixture.Spec.Servers[1].Address, fixture.Spec.Servers[2].Address], answers);
        }
        finally
        {
            fixture.OtherGuard.Status = "";
            await Task.WhenAll(fixture.Poolers.Select(pooler => pooler.WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1)));
        }
    }

    [PostgresFact]
    public async Task One_name_writes_at_the_leader_the_other_reads_at_a_standby()
    {
        var database = new DatabaseSpec { Name = "endpoints", Migrations = [new("0001-t.sql", "CREATE TABLE t (id int PRIMARY KEY);")] };
        await fixture.DeployAsync(database);
        Assert.Equal((0, "applied 0001-t.sql\n", ""), await fixture.MigrateAsync(database));
        var runtime = database.Role(DatabaseRoleKind.Runtime);
        await fixture.Poolers[0].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1);
        await fixture.Poolers[1].WaitAsync(s => s.GetProperty("readers").GetArrayLength() == 1);

        await using var write = await fixture.OpenAsync(runtime);
        await using var read = await fixture.OpenAsync(runtime, readOnly: true);

        Assert.Equal(false, await write.ScalarAsync("SELECT pg_is_in_recovery()"));
        Assert.Equal(true, await read.ScalarAsync("SELECT pg_is_in_recovery()"));
        await write.ScalarAsync("INSERT INTO t VALUES (1)");
        Assert.Equal("25006", await read.RefusedAsync("INSERT INTO t VALUES (2)"));
    }

    [PostgresFact]
    public async Task A_runtime_role_can_use_rows_and_nothing_more()
    {
        var database = new DatabaseSpec
        {
            Name = "privileges",
            Extensions = ["citext"],
            Migrations =
            [
                new("0001-persons.sql", """
                    CREATE TABLE persons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext NOT NULL);
                    CREATE SEQUENCE numbers;
                    CREATE FUNCTION count_persons() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM persons';
                    """),
            ],
        };
        await fixture.DeployAsync(database);
        Assert.Equal((0, "applied 0001-persons.sql\n", ""), await fixture.MigrateAsync(database));

        await using (var runtime = await fixture.OpenAsync(database.Role(DatabaseRoleKind.Runtime)))
        {
            await runtime.ScalarAsync("INSERT INTO persons (name) VALUES ('Anna'), ('Bea')");
            await runtime.ScalarAsync("UPDATE persons SET name = 'Eva' WHERE name = 'BEA'");
            await runtime.ScalarAsync("DELETE FROM persons WHERE name = 'eva'");
            Assert.Equal(1L, await runtime.ScalarAsync("SELECT nextval('numbers')"));
            Assert.Equal(1L, await runtime.ScalarAsync("SELECT count_persons()"));
            foreach (var statement in new[]
            {
                "CREATE TABLE mine (id int)", "CREATE SCHEMA mine", "CREATE TEMP TABLE mine (id int)", "ALTER TABLE persons ADD x int", "DROP TABLE persons",
                "TRUNCATE persons", "CREATE INDEX ON persons (name)", "SELECT * FROM appstack.migration",
                "SELECT appstack.migrate('0002-x.sql', 'SELECT 1', '{1}')", "SELECT * FROM pg_authid", "SELECT * FROM pgbouncer.user_lookup('privileges_owner')",
                "SET ROLE privileges_owner", "CREATE ROLE other", "CREATE DATABASE other", "ALTER ROLE privileges_runtime_a CONNECTION LIMIT 1000",
                "COPY persons FROM '/etc/passwd'", "CREATE EXTENSION hstore", "SELECT pg_read_file('/etc/passwd')", "ALTER SYSTEM SET work_mem = '1GB'",
            })
            {
                Assert.Equal((statement, InsufficientPrivilege), (statement, await runtime.RefusedAsync(statement)));
            }
        }

        await using var reader = await fixture.OpenAsync(database.Role(DatabaseRoleKind.ReadOnly));
        Assert.Equal(1L, await reader.ScalarAsync("SELECT count(*) FROM persons"));
        Assert.Equal("25006", await reader.RefusedAsync("DELETE FROM persons"));
        foreach (var statement in new[] { "DELETE FROM persons", "INSERT INTO persons (name) VALUES ('Ida')", "SELECT nextval('numbers')", "SELECT count_persons()" })
        {
            await using var transaction = await reader.BeginTransactionAsync();
            await reader.ScalarAsync("SET TRANSACTION READ WRITE");
            Assert.Equal((statement, InsufficientPrivilege), (statement, await reader.RefusedAsync(statement)));
        }
    }

    [PostgresFact]
    public async Task A_database_that_belongs_to_somebody_else_is_refused()
    {
        var database = new DatabaseSpec { Name = "taken" };
        await fixture.Leader.SqlAsync("postgres", "CREATE DATABASE taken");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.DeployAsync(database));

        Assert.Contains("the database taken is there already and belongs to somebody else", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Deploying_again_changes_nothing()
    {
        var database = new DatabaseSpec { Name = "again", Extensions = ["pg_trgm", "uuid-ossp"] };
        await fixture.DeployAsync(database);
        var before = await DescribeAsync();

        await fixture.DeployAsync(database);

        Assert.Equal(before, await DescribeAsync());

        Task<string> DescribeAsync() => fixture.Leader.SqlAsync("again", """
            SELECT rolname, rolcanlogin, rolconnlimit, rolpassword FROM pg_authid WHERE rolname LIKE 'again%' ORDER BY 1;
            SELECT datacl, datconnlimit, pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'again';
            SELECT nspname, nspacl, pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1;
            SELECT * FROM pg_default_acl ORDER BY oid;
            SELECT extname FROM pg_extension ORDER BY 1;
            """);
    }

    private async Task RefusedAsync(DatabaseRoleSpec role, Action<NpgsqlConnectionStringBuilder> change)
        => await Assert.ThrowsAnyAsync<NpgsqlException>(() => fixture.OpenAsync(role, change: b =>
        {
            b.Pooling = false;
            change(b);
        }));
}
