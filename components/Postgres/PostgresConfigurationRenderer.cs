using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.Parameters;

namespace AppStack.Components.Postgres;

/// <summary>Renders PostgreSQL's own files.</summary>
public static class PostgresConfigurationRenderer
{
    /// <summary>The setting that holds the hash of the configuration; <c>show appstack.configuration</c> tells which one a server has read.</summary>
    public const string HashSetting = "appstack.configuration";

    /// <summary>Renders <c>postgresql.conf</c>.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The file; its last line carries the hash of all others.</returns>
    public static string Configuration(RepmgrClusterSpec spec, RepmgrNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var forced = ParameterLayers.Forced(spec, node);
        var user = spec.Parameters.RemoveRange(forced.Keys);
        var defaults = ParameterLayers.Defaults(spec, node).RemoveRange(forced.Keys).RemoveRange(user.Keys);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"# PostgreSQL of {node.Name}, cluster {spec.Name}; written by AppStack: changes are overwritten.\n"));
        Layer(text, string.Create(CultureInfo.InvariantCulture, $"from {node.MemoryMiB} MiB of memory and {node.Cores} cores"), defaults);
        Layer(text, "as the environment's descriptor wants it", user);
        Layer(text, "what the cluster depends on", forced);

        // While voters change, the guard knows better than the descriptor which standbys a commit has to wait for.
        text.Append(CultureInfo.InvariantCulture, $"\n# by the list of voters in force\ninclude_if_exists = '{PostgresPaths.StandbyNames}'\n");
        return text.Append(CultureInfo.InvariantCulture, $"{HashSetting} = '{Hash(text.ToString())}'\n").ToString();
    }

    /// <summary>Renders <c>pg_hba.conf</c>: TLS and SCRAM for everybody from elsewhere, and from where nobody is expected nobody.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The file.</returns>
    public static string HostBasedAuthentication(RepmgrClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder($"# Who may connect to cluster {spec.Name}; written by AppStack: changes are overwritten.\n");
        Line("local", "all", PostgresUsers.Administrator, "", "peer");
        Line("local", "postgres", PostgresUsers.Monitor, "", $"peer map={PostgresUsers.Monitor}");
        Line("hostssl", "all", PostgresUsers.Monitor, "127.0.0.1/32", "scram-sha-256");
        foreach (var address in spec.Nodes.Select(node => node.Address).Concat(spec.Followers.Select(follower => follower.Address)))
        {
            Line("hostssl", "all", PostgresUsers.Repmgr, Single(address), "scram-sha-256");
            Line("hostssl", "replication", PostgresUsers.Repmgr, Single(address), "scram-sha-256");
        }

        // Whoever comes through a pooler is a service or a person, never the cluster.
        Line("host", "all", $"{PostgresUsers.Administrator},{PostgresUsers.Repmgr}", "all", "reject");
        foreach (var address in spec.PoolerAddresses.Concat(spec.DirectAddresses))
        {
            Line("hostssl", "all", "all", Single(address), "scram-sha-256");
        }

        return text.ToString();

        void Line(string type, string database, string user, string address, string method)
            => text.Append(string.Create(CultureInfo.InvariantCulture, $"{type,-8} {database,-12} {user,-20} {address,-20} {method}").TrimEnd()).Append('\n');
    }

    /// <summary>Renders <c>pg_ident.conf</c>: the system's user of the exporter is the role that reads statistics.</summary>
    /// <returns>The file.</returns>
    public static string Identities() => $"# Who is whom over the local socket; written by AppStack: changes are overwritten.\n{PostgresUsers.Monitor}  {Monitoring.ExporterCatalog.User}  {PostgresUsers.Monitor}\n";

    /// <summary>Renders the SQL of the cluster's own roles; safe to run again.</summary>
    /// <param name="secrets">The passwords, of which only verifiers are written.</param>
    /// <returns>The script for psql.</returns>
    public static string SystemSql(RepmgrNodeSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return $$"""
            -- Roles of the cluster itself; written by AppStack.
            set synchronous_commit = local;
            {{RoleSql.Unlogged}}
            {{Role(PostgresUsers.Repmgr, "superuser replication", secrets.RepmgrPassword)}}
            {{Role(PostgresUsers.PoolerAuthentication, "nosuperuser", secrets.PoolerPassword)}}
            {{Role(PostgresUsers.Monitor, "nosuperuser", secrets.MonitorPassword)}}
            grant pg_monitor to {{PostgresUsers.Monitor}};
            revoke connect, temporary on database postgres from public;
            grant connect on database postgres to {{PostgresUsers.PoolerAuthentication}}, {{PostgresUsers.Monitor}};
            select 'create database {{PostgresUsers.Repmgr}} owner {{PostgresUsers.Repmgr}}' where not exists (select from pg_database where datname = '{{PostgresUsers.Repmgr}}') \gexec
            revoke connect, temporary on database {{PostgresUsers.Repmgr}} from public;
            {{Lookup()}}
            \connect template1
            set synchronous_commit = local;
            {{Lookup()}}
            \connect {{PostgresUsers.Repmgr}}
            set synchronous_commit = local;
            create extension if not exists repmgr;

            """;

        string Role(string name, string attributes, string password) =>
            $"select 'create role {name} login' where not exists (select from pg_roles where rolname = '{name}') \\gexec\n"
            + $"alter role {name} login {attributes} password '{ScramVerifier.Of(password, Salt(secrets.GuardKey, name))}';";
    }

    /// <summary>Statements that let PgBouncer look up verifiers in the database in which they run; safe to run again.</summary>
    /// <returns>The statements.</returns>
    public static string Lookup() => $$"""
        create schema if not exists pgbouncer;
        revoke all on schema pgbouncer from public;
        create or replace function pgbouncer.user_lookup(in i_username text, out uname text, out phash text) returns record
            language sql stable security definer set search_path = pg_catalog
            as $f$ select usename::text, passwd::text from pg_shadow where usename = i_username and not usesuper and not userepl $f$;
        revoke all on function pgbouncer.user_lookup(text) from public;
        grant usage on schema pgbouncer to {{PostgresUsers.PoolerAuthentication}};
        grant execute on function pgbouncer.user_lookup(text) to {{PostgresUsers.PoolerAuthentication}};
        """;

    /// <summary>A text as a value of PostgreSQL's configuration.</summary>
    internal static string Quote(string value) => "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static void Layer(StringBuilder text, string title, ImmutableSortedDictionary<string, string> parameters)
    {
        if (parameters.IsEmpty)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n# {title}\n");
        foreach (var (name, value) in parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} = {Quote(value)}\n");
        }
    }

    private static string Single(string address) => Cidr.IsIpv6Network(address) ? $"{address}/128" : $"{address}/32";

    // Nobody can know it, and it stays the same over deployments.
    private static byte[] Salt(string key, string role) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes("salt " + role))[..ScramVerifier.SaltBytes];
}
