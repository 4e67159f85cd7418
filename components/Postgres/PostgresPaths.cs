using System.Globalization;

namespace AppStack.Components.Postgres;

/// <summary>Where things lie on a database node. One node holds one PostgreSQL cluster, which Debian's tools know as <c>main</c>.</summary>
public static class PostgresPaths
{
    /// <summary>The node's tool: guard, fence, and verbs for people and operations.</summary>
    public const string Tool = "/usr/local/sbin/appstack-pg";

    /// <summary>Settings of the guard; no secrets.</summary>
    public const string Settings = "/etc/appstack/pg/guard.conf";

    /// <summary>The key with which guards authenticate their messages; root only.</summary>
    public const string GuardKey = "/etc/appstack/pg/guard.key";

    /// <summary>Roles and extensions of the cluster itself, applied by the leader. Holds SCRAM verifiers; root and postgres only.</summary>
    public const string SystemSql = "/etc/appstack/pg/system.sql";

    /// <summary>The certificate of the private authority.</summary>
    public const string Authority = "/etc/appstack/pg/tls/ca.crt";

    /// <summary>The node's certificate.</summary>
    public const string Certificate = "/etc/appstack/pg/tls/server.crt";

    /// <summary>The certificate's private key; postgres only.</summary>
    public const string PrivateKey = "/etc/appstack/pg/tls/server.key";

    /// <summary>repmgr's configuration.</summary>
    public const string Repmgr = "/etc/repmgr.conf";

    /// <summary>Passwords of the user postgres for the cluster's own connections (libpq's passfile); postgres only.</summary>
    public const string PasswordFile = "/var/lib/postgresql/.pgpass";

    /// <summary>Which standbys a commit waits for: the guard's part of PostgreSQL's configuration, by the list of voters in force.</summary>
    public const string StandbyNames = "/run/appstack-pg/synchronous.conf";

    /// <summary>What the guard remembers over a reboot: its vote, the voters whose votes count, and whom the data belongs to.</summary>
    public const string State = "/var/lib/appstack-pg";

    /// <summary>The unit of the guard.</summary>
    public const string GuardUnit = "appstack-pg-guard.service";

    /// <summary>The unit of the fence.</summary>
    public const string FenceUnit = "appstack-pg-fence.service";

    /// <summary>PostgreSQL's configuration.</summary>
    public static string Configuration(int version) => string.Create(CultureInfo.InvariantCulture, $"/etc/postgresql/{version}/main/postgresql.conf");

    /// <summary>Who may connect, and how.</summary>
    public static string HostBasedAuthentication(int version) => string.Create(CultureInfo.InvariantCulture, $"/etc/postgresql/{version}/main/pg_hba.conf");

    /// <summary>The data directory.</summary>
    public static string Data(int version) => string.Create(CultureInfo.InvariantCulture, $"/var/lib/postgresql/{version}/main");

    /// <summary>PostgreSQL's programs.</summary>
    public static string Programs(int version) => string.Create(CultureInfo.InvariantCulture, $"/usr/lib/postgresql/{version}/bin");

    /// <summary>PostgreSQL's unit. The guard starts it; at boot it stays down.</summary>
    public static string Unit(int version) => string.Create(CultureInfo.InvariantCulture, $"postgresql@{version}-main.service");
}
