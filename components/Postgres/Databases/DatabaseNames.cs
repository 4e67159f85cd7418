using System.Text.RegularExpressions;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Names around a service's database; all follow from the database's own.</summary>
public static partial class DatabaseNames
{
    /// <summary>In the place of a database's name, for the role with which <c>verify</c> tries endpoints: it is the same in all databases of a cluster, and none of them may be called so.</summary>
    public const string Verification = "appstack_verify";

    // PgBouncer's name of its own console, and what PostgreSQL and the cluster bring along.
    private static readonly string[] Reserved = ["pgbouncer", "postgres", "repmgr", "monitor", "template0", "template1", "appstack", Verification, "public"];

    /// <summary>What is wrong with a name; null: nothing is. Names need no quotes anywhere and leave room for suffixes (63 bytes in PostgreSQL).</summary>
    /// <param name="name">The name.</param>
    /// <returns>The message.</returns>
    public static string? Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !Pattern().IsMatch(name)
            ? $"'{name}' is not a database's name; use 1 to 40 lower-case letters, digits and underscores, starting with a letter"
            : Reserved.Contains(name, StringComparer.Ordinal) || name.StartsWith("pg_", StringComparison.Ordinal) ? $"'{name}' is reserved" : null;
    }

    /// <summary>The role that owns a database and everything in it; nobody logs in with it.</summary>
    /// <param name="database">Name of the database.</param>
    /// <returns>The name.</returns>
    public static string Owner(string database) => $"{database}_owner";

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Pattern();
}
