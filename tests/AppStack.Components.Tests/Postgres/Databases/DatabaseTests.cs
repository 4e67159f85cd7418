using AppStack.Components.Postgres.Databases;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.Databases;

public sealed class DatabaseTests
{
    internal static DatabaseSpec Example { get; } = new()
    {
        Name = "benefits",
        ConnectionLimit = 60,
        Extensions = ["citext", "uuid-ossp"],
        PasswordGeneration = 2,
        Migrations = [new("0002-more.sql", "INSERT INTO persons VALUES ('$sql0$');"), new("0001-persons.sql", "CREATE TABLE persons (name citext);\n")],
    };

    [Fact]
    public void The_role_of_verify_can_be_made_and_no_database_is_called_like_it()
    {
        var role = DatabaseRoleSpec.Verification(8);

        Assert.Empty(DatabaseValidator.Validate(role));
        Assert.Equal(("appstack_verify_readonly", "appstack_verify_readonly_a"), (role.Group, role.Login));
        Assert.Contains("is reserved", DatabaseNames.Problem(role.Database), StringComparison.Ordinal);
        Assert.Contains(role.Group, DatabaseSql.Render(new() { Name = "benefits" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_of_a_service() => Snapshot.Verify(
        string.Join('\n', Enum.GetValues<DatabaseRoleKind>().Select(kind => RoleSql.Render(Example.Role(kind), $"({kind} verifier of a)", $"({kind} verifier of b)"))),
        "sql");

    [Fact]
    public void Database_of_a_service() => Snapshot.Verify(DatabaseSql.Render(Example), "sql");

    [Fact]
    public void Migrations_of_a_service() => Snapshot.Verify(MigrationSql.Render(Example), "sql");

    [Fact]
    public void Command_of_migrations() => Snapshot.Verify(DatabaseCommands.Migration(["10.1.0.46", "10.1.0.47"], 6432, "benefits", "benefits_migration_b") + "\n", "sh");

    [Theory]
    [InlineData(1, "benefits_runtime_a", 1, 0)]
    [InlineData(2, "benefits_runtime_b", 1, 2)]
    [InlineData(3, "benefits_runtime_a", 3, 2)]
    [InlineData(4, "benefits_runtime_b", 3, 4)]
    public void Each_generation_uses_the_other_login_role_and_keeps_the_one_before(int generation, string login, int ofA, int ofB)
    {
        var role = (Example with { PasswordGeneration = generation }).Role(DatabaseRoleKind.Runtime);

        Assert.Equal((login, ofA, ofB), (role.Login, role.GenerationOfA, role.GenerationOfB));
    }

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var bad = new DatabaseSpec
        {
            Name = "pg_temp",
            ConnectionLimit = 1,
            Extensions = ["citext", "citext", "plpython3u"],
            PasswordGeneration = 0,
            StatementTimeout = TimeSpan.FromSeconds(-1),
            Migrations = [new("1-short.sql", "SELECT 1"), new("0001-a.sql", " "), new("0001-b.sql", "SELECT '\0'")],
        };

        Snapshot.Verify(string.Join('\n', DatabaseValidator.Validate(bad).Concat(DatabaseValidator.Validate(bad.Role(DatabaseRoleKind.Runtime)))) + "\n");
    }

    [Fact]
    public void The_example_is_valid() => Assert.Empty(DatabaseValidator.Validate(Example));
}
