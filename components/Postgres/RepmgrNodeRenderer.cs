using System.Globalization;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Components.Postgres.Backups;

namespace AppStack.Components.Postgres;

/// <summary>Renders what a database node gets.</summary>
public static class RepmgrNodeRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "database";

    /// <summary>Waits for the cluster and restarts what waits for a restart.</summary>
    public const string RolloutCommand = $"exec {PostgresPaths.Tool} rollout";

    private const string Postgres = "postgres:postgres";
    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The bundle of one node. All that it activates is safe at any time: files are reloaded, nothing is restarted.</summary>
    /// <param name="spec">The cluster; must be valid.</param>
    /// <param name="node">The node; one of the cluster's.</param>
    /// <param name="secrets">What it knows of the others.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(RepmgrClusterSpec spec, RepmgrNodeSpec node, RepmgrNodeSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(secrets);
        var version = spec.Version.ToString("0", CultureInfo.InvariantCulture);
        var configuration = PostgresPaths.Configuration(spec.Version);
        var folder = configuration[..configuration.LastIndexOf('/')];
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new($"postgresql-{version}", spec.PackageVersion), new($"postgresql-{version}-repmgr"), new("repmgr"), new("pgbackrest")],
            UnsafeVersions = PostgresVersions.OfPackage(spec.Version, $"set `package` of the cluster in the descriptor to one that `apt-get update && apt-cache madison postgresql-{version}` lists on {node.Name}", spec.Production),
            Directories = [new("/etc/appstack/pg/tls", "0755")],
            Files =
            [
                .. GuardRenderer.Files(GuardRenderer.Settings(spec, node.Name, node.Address, "database", node.Seq), secrets.GuardKey),
                new() { Path = $"/etc/systemd/system/{PostgresPaths.FenceUnit}", Content = FenceUnit },
                new() { Path = $"/etc/systemd/system/{PostgresPaths.Unit(spec.Version)}.d/appstack.conf", Content = PostgresDropIn },
                new() { Path = configuration, Content = PostgresConfigurationRenderer.Configuration(spec, node), Owner = Postgres, Group = "postgresql" },
                new() { Path = $"{folder}/pg_hba.conf", Content = PostgresConfigurationRenderer.HostBasedAuthentication(spec), Owner = Postgres, Mode = "0640", Group = "postgresql" },
                new() { Path = $"{folder}/pg_ident.conf", Content = PostgresConfigurationRenderer.Identities(), Owner = Postgres, Mode = "0640", Group = "postgresql" },
                new() { Path = $"{folder}/start.conf", Content = "# The guard starts PostgreSQL, never the boot; written by AppStack.\nmanual\n", Owner = Postgres },
                new() { Path = PostgresPaths.Authority, Content = secrets.Authority, Group = "postgresql" },
                new() { Path = PostgresPaths.Certificate, Content = secrets.Certificate, Group = "postgresql" },
                new() { Path = PostgresPaths.PrivateKey, Content = secrets.PrivateKey, Owner = Postgres, Mode = "0600", Secret = true, Group = "postgresql" },
                new() { Path = PostgresPaths.PasswordFile, Content = $"*:*:*:{PostgresUsers.Repmgr}:{secrets.RepmgrPassword}\n", Owner = Postgres, Mode = "0600", Secret = true },
                new() { Path = PostgresPaths.SystemSql, Content = PostgresConfigurationRenderer.SystemSql(secrets), Owner = Postgres, Mode = "0600", Secret = true },
                new() { Path = PostgresPaths.Repmgr, Content = RepmgrConfiguration(spec, node), Owner = Postgres },
            ],
            FileGroups =
            [
                GuardRenderer.Group with { Check = $"perl -c {{{PostgresPaths.Tool}}} && perl {{{PostgresPaths.Tool}}} may-own {spec.Name} {version}" },
                new() { Name = "postgresql", Check = Check(spec, configuration), Activation = BundleActivation.Run($"{PostgresPaths.Tool} reload") },
            ],
            Units = [new(PostgresPaths.FenceUnit), new(PostgresPaths.GuardUnit)],
            HealthGate = new($"{PostgresPaths.Tool} gate --timeout {GateTimeout.TotalSeconds:0}", GateTimeout + TimeSpan.FromSeconds(5)),
        };
        return FirewallRenderer.AddTo(Firewall(spec), secrets.Backup is { } identity && spec.Backup is not null ? BackupClientRenderer.AddTo(spec, node, identity, bundle) : bundle);
    }

    /// <summary>The firewall of a database node.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>What may come in.</returns>
    public static FirewallSpec Firewall(RepmgrClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var rules = new List<FirewallRule>
        {
            new() { Purpose = "PostgreSQL", Protocol = "tcp", Ports = [spec.Port], Sources = [.. spec.Nodes.Select(n => n.Address).Concat(spec.Followers.Select(n => n.Address)).Concat(spec.PoolerAddresses).Concat(spec.DirectAddresses)] },
        };
        rules.AddRange(GuardRenderer.Rules(spec));
        if (spec.Backup is { } backup)
        {
            rules.Add(new() { Purpose = "backups", Protocol = "tcp", Ports = [BackupTargetSpec.Port], Sources = [backup.Address] });
        }

        return new() { Role = Role, Access = spec.Access, Rules = [.. rules] };
    }

    /// <summary>Renders <c>repmgr.conf</c>: repmgr clones, and shows the cluster; it decides nothing.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The file.</returns>
    public static string RepmgrConfiguration(RepmgrClusterSpec spec, RepmgrNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var connection = $"host={node.Name} hostaddr={node.Address} port={spec.Port} user={PostgresUsers.Repmgr} dbname={PostgresUsers.Repmgr} application_name=repmgr "
            + $"sslmode=verify-full sslrootcert={PostgresPaths.Authority} passfile={PostgresPaths.PasswordFile} "
            + spec.EffectiveTimers.Replication.ToConnectionString();
        return string.Create(CultureInfo.InvariantCulture, $"""
            # repmgr of {node.Name}, cluster {spec.Name}; written by AppStack: changes are overwritten.
            # Who leads is decided by the guards (appstack-pg): a node that repmgr promotes by itself has no lease and is fenced.
            node_id={node.Seq}
            node_name='{node.Name}'
            conninfo='{connection}'
            data_directory='{PostgresPaths.Data(spec.Version)}'
            pg_bindir='{PostgresPaths.Programs(spec.Version)}'
            replication_user='{PostgresUsers.Repmgr}'
            passfile='{PostgresPaths.PasswordFile}'
            use_replication_slots=yes
            failover=manual
            monitoring_history=no
            log_level=NOTICE
            log_facility=STDERR

            """);
    }

    // PostgreSQL reads the whole new configuration and says what it does not like; on a node without data nothing can be read yet.
    private static string Check(RepmgrClusterSpec spec, string configuration) =>
        $"test ! -f {PostgresPaths.Data(spec.Version)}/PG_VERSION || setpriv --reuid=postgres --regid=postgres --init-groups "
        + $"{PostgresPaths.Programs(spec.Version)}/postgres -C {PostgresConfigurationRenderer.HashSetting} -D {PostgresPaths.Data(spec.Version)} -c config_file={{{configuration}}}";

    private const string FenceUnit = $"""
        [Unit]
        Description=AppStack fence: no PostgreSQL that may write without a lease
        StartLimitIntervalSec=0

        [Service]
        ExecStart={PostgresPaths.Tool} fence
        Restart=always
        RestartSec=100ms
        Nice=-10

        [Install]
        WantedBy=multi-user.target

        """;

    private const string PostgresDropIn = $"""
        [Unit]
        BindsTo={PostgresPaths.FenceUnit}
        After={PostgresPaths.FenceUnit}

        [Service]
        ExecStartPre=+{PostgresPaths.Tool} before-start

        """;
}
