using System.Globalization;
using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Components.Postgres.Databases;

/// <summary>The commands that run SQL for databases and roles, over SSH; scripts and passwords go in by standard input.</summary>
internal static class DatabaseCommands
{
    /// <summary>On a database node: the script on standard input, on the leader, as superuser.</summary>
    public const string Administrator = $"{PostgresPaths.Tool} sql";

    /// <summary>
    /// On a pooler: the first line is the password, the rest a script, which runs as the migration role through the poolers, wherever the leader is.
    /// As superuser it would run whatever a service's file says with all privileges.
    /// </summary>
    public static string Migration(IEnumerable<string> hosts, int port, string database, string user) =>
        "set -eu; umask 077; file=$(mktemp); trap 'rm -f \"$file\"' EXIT; "
        + "IFS= read -r password; printf '*:*:*:*:%s\\n' \"$password\" >\"$file\"; unset password; "
        + string.Create(
            CultureInfo.InvariantCulture,
            $"PGPASSFILE=$file psql -XAtq -v ON_ERROR_STOP=1 -d 'host={string.Join(',', hosts)} port={port} dbname={database} user={user} sslmode=verify-full sslrootcert={PgBouncerPaths.Authority} connect_timeout=5' -f -");
}
