namespace AppStack.Components.Postgres;

/// <summary>Roles that every cluster has for itself.</summary>
public static class PostgresUsers
{
    /// <summary>Superuser of local administration, by peer authentication only; has no password.</summary>
    public const string Administrator = "postgres";

    /// <summary>Replication, cloning and the register of nodes; superuser, from the cluster's nodes only. Also the database of the register.</summary>
    public const string Repmgr = "repmgr";

    /// <summary>Looks up verifiers of users for PgBouncer through a function, and nothing else.</summary>
    public const string PoolerAuthentication = "pgbouncer_auth";

    /// <summary>Reads statistics (<c>pg_monitor</c>).</summary>
    public const string Monitor = "monitor";
}
