using System.Collections.Immutable;
using AppStack.Components.Postgres.Databases;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>Reads a service's migrations.</summary>
internal static class MigrationFiles
{
    /// <summary>Reads the files of a folder, in their order.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The migrations.</returns>
    /// <exception cref="RunException">There is no such folder, or it has files that are no migrations.</exception>
    public static ImmutableArray<DatabaseMigration> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new RunException($"There is no folder {folder}; it should hold a database's migrations (0001-persons.sql, ...).");
        }

        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => new DatabaseMigration(Path.GetFileName(file), File.ReadAllText(file)))];
    }
}
