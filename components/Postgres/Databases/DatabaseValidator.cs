using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Validates databases of services and their roles.</summary>
public static partial class DatabaseValidator
{
    // Argument of the migrating function, and the state file keeps it, too.
    private const int LargestMigration = 1024 * 1024;

    /// <summary>Checks a database: names, extensions, migrations.</summary>
    /// <param name="spec">The database.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(DatabaseSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        if (DatabaseNames.Problem(spec.Name) is { } name)
        {
            problems.Add("name", name);
        }

        problems.AddIf(spec.ConnectionLimit < 2, "connectionLimit", $"{spec.ConnectionLimit} is below 2");
        problems.AddIf(spec.PasswordGeneration < 1, "passwordGeneration", $"{spec.PasswordGeneration} is below 1");
        problems.AddIf(spec.StatementTimeout < TimeSpan.Zero, "statementTimeout", $"{spec.StatementTimeout} is below zero");
        problems.Unique("extensions", "extension", spec.Extensions);
        for (var i = 0; i < spec.Extensions.Length; i++)
        {
            problems.AddIf(
                !DatabaseExtensions.Allowed.Contains(spec.Extensions[i], StringComparer.Ordinal),
                $"extensions[{i}]",
                $"'{spec.Extensions[i]}' is not an extension that services may have: {string.Join(", ", DatabaseExtensions.Allowed)}");
        }

        Migrations(problems, spec);
        return problems.All;
    }

    /// <summary>Checks a role.</summary>
    /// <param name="spec">The role.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(DatabaseRoleSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        if (spec.Database != DatabaseNames.Verification && DatabaseNames.Problem(spec.Database) is { } name)
        {
            problems.Add("database", name);
        }

        problems.AddIf(spec.Generation < 1, "generation", $"{spec.Generation} is below 1");
        problems.AddIf(spec.ConnectionLimit < 2, "connectionLimit", $"{spec.ConnectionLimit} is below 2");
        return problems.All;
    }

    private static void Migrations(NetworkProblems problems, DatabaseSpec spec)
    {
        problems.Unique("migrations", "file", spec.Migrations.Select(m => m.Name));
        problems.Unique("migrations", "number", spec.Migrations.Select(m => MigrationName().Match(m.Name)).Where(m => m.Success).Select(m => m.Groups[1].Value));
        for (var i = 0; i < spec.Migrations.Length; i++)
        {
            var (name, sql) = spec.Migrations[i];
            problems.AddIf(
                !MigrationName().IsMatch(name),
                $"migrations[{i}]",
                $"'{name}' is not the name of a migration; use four digits or more, a hyphen and lower-case words, e.g. 0001-persons.sql");
            problems.AddIf(string.IsNullOrWhiteSpace(sql), $"migrations[{i}]", $"{name} is empty");
            problems.AddIf(sql.Contains('\0', StringComparison.Ordinal), $"migrations[{i}]", $"{name} holds a NUL character");
            problems.AddIf(sql.Length > LargestMigration, $"migrations[{i}]", $"{name} has {sql.Length} characters; up to {LargestMigration} are taken: load data in another way");
        }
    }

    [GeneratedRegex(@"^([0-9]{4,14})-[a-z0-9][a-z0-9_-]*\.sql$")]
    private static partial Regex MigrationName();
}
