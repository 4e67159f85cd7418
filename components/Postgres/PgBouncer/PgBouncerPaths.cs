namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>Where things lie on a pooler.</summary>
public static class PgBouncerPaths
{
    /// <summary>PgBouncer's configuration.</summary>
    public const string Configuration = "/etc/pgbouncer/pgbouncer.ini";

    /// <summary>The password of the one user who looks up all others (<see cref="PostgresUsers.PoolerAuthentication"/>); PgBouncer only.</summary>
    public const string Users = "/etc/pgbouncer/userlist.txt";

    /// <summary>The same password for the follower, which asks the servers themselves while no guard answers (libpq's passfile).</summary>
    public const string PasswordFile = "/etc/appstack/pooler/pgpass";

    /// <summary>
    /// With what <c>verify</c> logs in at the endpoints as a service does: the role and, in the next line, its password. Root only; operations know nothing of a stack's secrets and read it by SSH.
    /// </summary>
    public const string Verification = "/etc/appstack/pooler/verification";

    /// <summary>The node's tool and follower: <c>appstack-pooler status|pause|resume</c>.</summary>
    public const string Tool = "/usr/local/sbin/appstack-pooler";

    /// <summary>The tool's settings; no secrets.</summary>
    public const string Settings = "/etc/appstack/pooler/pooler.conf";

    /// <summary>The endpoints, with <c>{leader}</c> and <c>{reader}</c> in place of addresses.</summary>
    public const string Template = "/etc/appstack/pooler/databases.template";

    /// <summary>The endpoints with addresses, which PgBouncer includes. The follower writes it, so it is no file of the bundle.</summary>
    public const string Databases = "/var/lib/appstack-pooler/databases.ini";

    /// <summary>The certificate of the private authority.</summary>
    public const string Authority = "/etc/appstack/pooler/tls/ca.crt";

    /// <summary>The pooler's certificate.</summary>
    public const string Certificate = "/etc/appstack/pooler/tls/server.crt";

    /// <summary>The certificate's private key; PgBouncer only.</summary>
    public const string PrivateKey = "/etc/appstack/pooler/tls/server.key";

    /// <summary>Directory of PgBouncer's socket, over which the follower commands it.</summary>
    public const string SocketDirectory = "/run/pgbouncer";

    /// <summary>PgBouncer's unit.</summary>
    public const string Unit = "pgbouncer.service";

    /// <summary>The follower's unit.</summary>
    public const string FollowerUnit = "appstack-pooler.service";
}
