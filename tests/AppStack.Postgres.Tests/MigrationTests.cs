using AppStack.Components.Postgres.Databases;

namespace AppStack.Postgres.Tests;

public sealed class MigrationTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly DatabaseMigration First = new("0001-persons.sql", "CREATE TABLE persons (id int PRIMARY KEY);\nINSERT INTO persons VALUES (1);\n");

    [PostgresFact]
    public async Task Each_file_runs_once_and_is_recorded()
    {
        var database = new DatabaseSpec { Name = "once", Migrations = [First] };
        await fixture.DeployAsync(database);

        Assert.Equal((0, "applied 0001-persons.sql\n", ""), await fixture.MigrateAsync(database));
        Assert.Equal((0, "known 0001-persons.sql\n", ""), await fixture.MigrateAsync(database));
        database = database with { Migrations = [new("0002-more.sql", "INSERT INTO persons VALUES (2); -- $sql0$ ' \\ :x\n"), First] };
        Assert.Equal((0, "known 0001-persons.sql\napplied 0002-more.sql\n", ""), await fixture.MigrateAsync(database));

        Assert.Equal("2", await fixture.Leader.SqlAsync("once", "SELECT count(*) FROM persons"));
        Assert.Equal(
            "0001-persons.sql|once_migration_a\n0002-more.sql|once_migration_a",
            await fixture.Leader.SqlAsync("once", "SELECT name, applied_by FROM appstack.migration ORDER BY 1"));
        Assert.Equal("once_owner", await fixture.Leader.SqlAsync("once", "SELECT tableowner FROM pg_tables WHERE tablename = 'persons'"));
    }

    [PostgresFact]
    public async Task A_changed_file_is_refused()
    {
        var database = new DatabaseSpec { Name = "changed", Migrations = [First] };
        await fixture.DeployAsync(database);
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);

        var (exitCode, _, errors) = await fixture.MigrateAsync(database with { Migrations = [First with { Sql = First.Sql + "-- a word" }, new("0002-x.sql", "CREATE TABLE x (id int)")] });

        Assert.Equal(3, exitCode);
        Assert.Contains("migration 0001-persons.sql has changed since it was applied", errors, StringComparison.Ordinal);
        Assert.Equal("1", await fixture.Leader.SqlAsync("changed", "SELECT count(*) FROM appstack.migration"));
    }

    [PostgresFact]
    public async Task When_the_second_file_fails_the_first_has_not_happened_either()
    {
        var database = new DatabaseSpec { Name = "half", Migrations = [First, new("0002-broken.sql", "CREATE TABLE other (id int);\n-- One is there already.\nINSERT INTO persons VALUES (1);")] };
        await fixture.DeployAsync(database);

        var (exitCode, _, errors) = await fixture.MigrateAsync(database);

        Assert.Equal(3, exitCode);
        Assert.Contains("migration 0002-broken.sql failed in line 3: duplicate key value violates unique constraint \"persons_pkey\"", errors, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO persons VALUES (1)", errors, StringComparison.Ordinal);
        Assert.Equal("0", await fixture.Leader.SqlAsync("half", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        Assert.Equal("0", await fixture.Leader.SqlAsync("half", "SELECT count(*) FROM appstack.migration"));
        Assert.Equal(0, (await fixture.MigrateAsync(database with { Migrations = [First, new("0002-broken.sql", "CREATE TABLE other (id int);")] })).ExitCode);
    }

    [PostgresFact]
    public async Task A_file_between_applied_ones_is_refused()
    {
        var database = new DatabaseSpec { Name = "late", Migrations = [First, new("0003-c.sql", "CREATE TABLE c (id int)")] };
        await fixture.DeployAsync(database);
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);

        var (exitCode, _, errors) = await fixture.MigrateAsync(database with { Migrations = [.. database.Migrations, new("0002-b.sql", "CREATE TABLE b (id int)")] });

        Assert.Equal(3, exitCode);
        Assert.Contains("migration 0002-b.sql comes before 0003-c.sql, which was applied already", errors, StringComparison.Ordinal);
    }

    // Whatever a service's file says, it neither ends the transaction, nor gets more privileges, nor commands psql.
    [PostgresFact]
    public async Task A_file_cannot_leave_its_cage()
    {
        var database = new DatabaseSpec { Name = "cage" };
        await fixture.DeployAsync(database);
        foreach (var sql in new[]
        {
            "CREATE TABLE x (id int); COMMIT;", "ROLLBACK;", "\\! touch /tmp/escaped", "RESET SESSION AUTHORIZATION; ALTER ROLE cage_owner SUPERUSER;",
            "RESET ROLE; ALTER ROLE cage_migration_a SUPERUSER;", "COPY (SELECT 1) TO PROGRAM 'touch /tmp/escaped'", "DROP DATABASE cage", "GRANT postgres TO cage_owner",
        })
        {
            var (exitCode, _, errors) = await fixture.MigrateAsync(database with { Migrations = [new("0001-x.sql", sql)] });

            Assert.True(exitCode == 3, sql + errors);
            Assert.Contains("migration 0001-x.sql failed", errors, StringComparison.Ordinal);
        }

        Assert.Equal("0", await fixture.Leader.SqlAsync("cage", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        Assert.Equal("0", await fixture.Leader.SqlAsync("cage", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'cage%' AND rolsuper"));
        Assert.False(File.Exists("/tmp/escaped"));
    }

    [PostgresFact]
    public async Task A_busy_table_ends_a_migration_instead_of_stopping_everybody_behind_it()
    {
        var database = new DatabaseSpec { Name = "busy", Migrations = [First] };
        await fixture.DeployAsync(database);
        Assert.Equal(0, (await fixture.MigrateAsync(database)).ExitCode);
        await using var connection = await fixture.OpenAsync(database.Role(DatabaseRoleKind.Runtime));
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ScalarAsync("UPDATE persons SET id = 7");

        var (exitCode, _, errors) = await fixture.MigrateAsync(database with { Migrations = [First, new("0002-x.sql", "ALTER TABLE persons ADD x int")] });

        Assert.Equal(3, exitCode);
        Assert.Contains("canceling statement due to lock timeout", errors, StringComparison.Ordinal);
    }
}
