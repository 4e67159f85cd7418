using System.Globalization;
using System.Text;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>Renders PgBouncer's configuration.</summary>
public static class PgBouncerRenderer
{
    /// <summary>
    /// Looks up a user's SCRAM verifier in the database that the client wants. The function knows that database's own users only,
    /// and one role may call it.
    /// </summary>
    public const string AuthenticationQuery = "SELECT uname, phash FROM pgbouncer.user_lookup($1)";

    /// <summary>Renders the configuration without the endpoints' addresses.</summary>
    /// <param name="spec">The group; must be valid.</param>
    /// <param name="node">The machine.</param>
    /// <returns>The content of <see cref="PgBouncerPaths.Configuration"/>.</returns>
    public static string Configuration(PgBouncerGroupSpec spec, PgBouncerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var timers = PgBouncerTimers.For(spec.Rto);
        return $"""
            ; PgBouncer of {node.Name} for the cluster {spec.Name}, written by AppStack: changes are overwritten.
            %include {PgBouncerPaths.Databases}

            [pgbouncer]
            listen_addr = {node.Address}
            listen_port = {spec.Port}
            unix_socket_dir = {PgBouncerPaths.SocketDirectory}
            pidfile = {PgBouncerPaths.SocketDirectory}/pgbouncer.pid
            listen_backlog = 1024

            ; Who is who: the verifier that the server stores, looked up in the client's own database. The file holds only
            ; the password of the one who looks up.
            auth_type = scram-sha-256
            auth_file = {PgBouncerPaths.Users}
            auth_user = {PostgresUsers.PoolerAuthentication}
            auth_query = {AuthenticationQuery}

            client_tls_sslmode = require
            client_tls_cert_file = {PgBouncerPaths.Certificate}
            client_tls_key_file = {PgBouncerPaths.PrivateKey}
            client_tls_protocols = secure
            server_tls_sslmode = verify-full
            server_tls_ca_file = {PgBouncerPaths.Authority}
            server_tls_protocols = secure

            pool_mode = transaction
            max_client_conn = {spec.MaxClientConnections}
            default_pool_size = 1
            ; A connection that was idle for a while is tried before it is given to a client.
            server_check_query = select 1
            server_check_delay = 5
            server_idle_timeout = 300
            server_lifetime = 3600
            ; JDBC sends it; the server's own default is the same.
            ignore_startup_parameters = extra_float_digits

            ; Promise '{spec.Rto.ToString().ToLowerInvariant()}': a dead leader is given up after tcp_user_timeout, and statements wait for the next one.
            server_login_retry = {Seconds(timers.ServerLoginRetry)}
            server_connect_timeout = {Seconds(timers.ServerConnectTimeout)}
            query_wait_timeout = {Seconds(timers.QueryWaitTimeout)}
            client_login_timeout = {Seconds(timers.QueryWaitTimeout)}
            tcp_keepalive = 1
            tcp_keepidle = 1
            tcp_keepintvl = 1
            tcp_keepcnt = {Math.Max(2, (int)timers.TcpUserTimeout.TotalSeconds)}
            tcp_user_timeout = {timers.TcpUserTimeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}

            log_connections = 0
            log_disconnections = 0
            log_stats = 0

            """;
    }

    /// <summary>Renders the endpoints; the follower puts addresses in place of <c>{leader}</c> and <c>{reader}</c>.</summary>
    /// <param name="spec">The group; must be valid.</param>
    /// <returns>The content of <see cref="PgBouncerPaths.Template"/>.</returns>
    public static string Template(PgBouncerGroupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder("; Endpoints of the cluster ").Append(spec.Name).Append(", written by AppStack: changes are overwritten.\n[databases]\n");
        foreach (var database in spec.Databases)
        {
            Endpoint(database.Name, "{leader}", database.Name, database.PoolSize);
            if (database.ReadOnlyPoolSize > 0)
            {
                Endpoint(database.ReadOnlyName, "{reader}", database.Name, database.ReadOnlyPoolSize);
            }
        }

        return text.ToString();

        // pool_size counts for each user, max_db_connections for all of them: the latter is the budget, and has one more for logins.
        void Endpoint(string name, string host, string database, int size) => text.Append(
            CultureInfo.InvariantCulture,
            $"{name} = host={host} port={spec.ServerPort} dbname={database} pool_size={size} max_db_connections={size + 1}\n");
    }

    /// <summary>Renders the tool's settings.</summary>
    /// <param name="spec">The group; must be valid.</param>
    /// <param name="node">The machine.</param>
    /// <returns>The content of <see cref="PgBouncerPaths.Settings"/>.</returns>
    public static string Settings(PgBouncerGroupSpec spec, PgBouncerNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var timers = PgBouncerTimers.For(spec.Rto);
        return $"""
            # Settings of appstack-pooler, written by AppStack: changes are overwritten. Times in seconds.
            name = {node.Name}
            cluster = {spec.Name}
            turn = {spec.Poolers.IndexOf(node)}
            {string.Join('\n', spec.Servers.Select(s => $"server = {s.Name} {s.Address}"))}
            first-leader = {spec.FirstLeader}
            server-port = {spec.ServerPort}
            status-port = {spec.StatusPort}
            port = {spec.Port}
            health-address = {node.Address}
            health-port = {spec.HealthPort}
            interval = {Seconds(timers.FollowInterval)}
            timeout = {Seconds(timers.FollowTimeout)}
            lifetime = {Seconds(timers.AnswerLifetime)}
            pause-limit = {Seconds(timers.PauseLimit)}

            """;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
