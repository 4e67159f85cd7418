using System.Globalization;
using System.Text;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Renders the script that applies a database's migrations: all that are new in one transaction, or none.</summary>
public static class MigrationSql
{
    /// <summary>
    /// A change of a table that is in use waits for its lock for this long only: everybody else would wait behind it.
    /// </summary>
    private const int LockSeconds = 5;

    /// <summary>Renders the script.</summary>
    /// <param name="spec">The database; must be valid.</param>
    /// <returns>The script for <c>psql</c>, as the migration role.</returns>
    public static string Render(DatabaseSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($"""
            -- Migrations of the database {spec.Name}, written by AppStack.
            SET client_min_messages = warning;
            BEGIN;
            SET LOCAL lock_timeout = '{LockSeconds}s';
            SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack migrate', 0));

            """);
        foreach (var (name, sql) in spec.Migrations.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            var body = sql.Replace("\r\n", "\n", StringComparison.Ordinal);
            var quote = Quote(body);
            text.Append(CultureInfo.InvariantCulture, $"SELECT appstack.migrate('{name}', {quote}{body}{quote}, '{{{string.Join(',', SqlStatements.Starts(body))}}}') || ' {name}';\n");
        }

        return text.Append("COMMIT;\n").ToString();
    }

    // A dollar quote that the text does not contain.
    private static string Quote(string sql)
    {
        var number = 0;
        string quote;
        do
        {
            quote = string.Create(CultureInfo.InvariantCulture, $"$sql{number++}$");
        }
        while (sql.Contains(quote, StringComparison.Ordinal));
        return quote;
    }
}
