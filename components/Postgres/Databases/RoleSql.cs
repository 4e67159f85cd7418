using System.Globalization;
using System.Text;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Renders the SQL that makes a role of a service's database. Safe to run again; the result is the same whatever was there.</summary>
public static class RoleSql
{
    /// <summary>Whoever makes roles or grants takes this lock, because PostgreSQL refuses two at once ("tuple concurrently updated").</summary>
    internal const string Lock = "SELECT FROM pg_advisory_xact_lock(hashtextextended('appstack roles', 0));";

    /// <summary>
    /// Ahead of passwords in a superuser's session: neither a setting that somebody made to look for slow or wrong statements nor an error puts them into the server's log. Only verifiers
    /// are sent, but whoever reads one can try passwords against it.
    /// </summary>
    public const string Unlogged = """
        SET log_statement = 'none';
        SET log_min_duration_statement = -1;
        SET log_min_duration_sample = -1;
        SET log_transaction_sample_rate = 0;
        SET log_min_error_statement = panic;
        """;

    /// <summary>Renders a role.</summary>
    /// <param name="spec">The role; must be valid.</param>
    /// <param name="verifierOfA">What the server stores of the password of login role <c>..._a</c> (<see cref="ScramVerifier"/>).</param>
    /// <param name="verifierOfB">The same of login role <c>..._b</c>; null: it has never had one.</param>
    /// <returns>The script for <c>psql</c>.</returns>
    public static string Render(DatabaseRoleSpec spec, string verifierOfA, string? verifierOfB)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(verifierOfA);
        var text = new StringBuilder($"""
            -- Role {spec.Group} and who logs in for it, written by AppStack.
            SET client_min_messages = warning;
            {Unlogged}
            BEGIN;
            {Lock}
            {Create(spec.Group)}
            ALTER ROLE {spec.Group} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

            """);
        Login('a', spec.LoginOf(1), verifierOfA);
        if (verifierOfB is not null)
        {
            Login('b', spec.LoginOf(2), verifierOfB);
        }

        return text.Append("COMMIT;\n").ToString();

        void Login(char letter, string role, string verifier)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                -- {(spec.Login == role ? "of this generation" : "of the generation before")}
                {Create(role)}
                ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT {spec.ConnectionLimit} PASSWORD '{verifier}';
                GRANT {spec.Group} TO {role};
                ALTER ROLE {role} SET statement_timeout = '{(long)spec.StatementTimeout.TotalMilliseconds}ms';

                """);
            text.Append(spec.Kind switch
            {
                // What it makes belongs to the owner, and default privileges apply.
                DatabaseRoleKind.Migration => $"ALTER ROLE {role} SET role = '{spec.Group}';\n",
                DatabaseRoleKind.ReadOnly => $"ALTER ROLE {role} SET default_transaction_read_only = on;\nALTER ROLE {role} SET idle_in_transaction_session_timeout = '60s';\n",
                _ => $"ALTER ROLE {role} SET idle_in_transaction_session_timeout = '60s';\n",
            });
        }
    }

    /// <summary>Makes a role that is not there yet, which may not log in.</summary>
    internal static string Create(string role) => $"SELECT 'CREATE ROLE {role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') \\gexec";
}
