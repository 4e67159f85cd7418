using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>Renders what a pooler gets on its node.</summary>
public static class PgBouncerBundle
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "pooler";

    private const string Postgres = "postgres:postgres";
    private const string ReadableForPgBouncer = "0640";

    // The follower's first round of questions, and PgBouncer's start, on a loaded machine.
    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The bundle of one pooler.</summary>
    /// <param name="spec">The group; must be valid.</param>
    /// <param name="node">The machine; one of the group's.</param>
    /// <param name="secrets">Keys and the password of the one who looks up users.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Of(PgBouncerGroupSpec spec, PgBouncerNodeSpec node, PgBouncerSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(secrets);
        const string tool = PgBouncerPaths.Tool;
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("pgbouncer"), new("postgresql-client")],
            UnsafeVersions = PgBouncerVersions.OfPackage($"on {node.Name}, alone among the poolers, apt-get update && apt-get install pgbouncer && systemctl restart {PgBouncerPaths.Unit}", spec.Production),
            Directories =
            [
                new("/etc/appstack/pooler"),
                new("/etc/appstack/pooler/tls"),
                new("/var/lib/appstack-pooler", "0750", Postgres),
            ],
            Files =
            [
                new() { Path = PgBouncerPaths.Authority, Content = secrets.Authority, Group = "pgbouncer" },
                new() { Path = PgBouncerPaths.Certificate, Content = secrets.Certificate, Group = "pgbouncer" },
                new() { Path = PgBouncerPaths.PrivateKey, Content = secrets.PrivateKey, Group = "pgbouncer", Mode = "0600", Owner = Postgres, Secret = true },
                new()
                {
                    Path = PgBouncerPaths.Users,
                    Content = $"\"{PostgresUsers.PoolerAuthentication}\" \"{secrets.AuthenticationPassword}\"\n",
                    Group = "pgbouncer",
                    Mode = "0600",
                    Owner = Postgres,
                    Secret = true,
                },
                new()
                {
                    Path = PgBouncerPaths.PasswordFile,
                    Content = $"*:{spec.ServerPort}:*:{PostgresUsers.PoolerAuthentication}:{secrets.AuthenticationPassword}\n",
                    Mode = "0600",
                    Owner = Postgres,
                    Secret = true,
                },
                .. Verification(secrets),
                new() { Path = PgBouncerPaths.Configuration, Content = PgBouncerRenderer.Configuration(spec, node), Group = "pgbouncer", Mode = ReadableForPgBouncer, Owner = Postgres },
                new() { Path = PgBouncerPaths.Template, Content = PgBouncerRenderer.Template(spec), Group = "pgbouncer" },
                new() { Path = $"/etc/systemd/system/{PgBouncerPaths.Unit}.d/appstack.conf", Content = DropIn },
                new() { Path = tool, Content = PgBouncerTool.Text, Mode = "0755", Group = "follower" },
                new() { Path = PgBouncerPaths.Settings, Content = PgBouncerRenderer.Settings(spec, node), Group = "follower" },
                new() { Path = $"/etc/systemd/system/{PgBouncerPaths.FollowerUnit}", Content = FollowerUnitFile, Group = "follower" },
            ],
            FileGroups =
            [
                // First, because PgBouncer's start and reload use the tool.
                new()
                {
                    Name = "follower",
                    Check = $"perl -c {{{tool}}}",
                    Activation = BundleActivation.Restart(PgBouncerPaths.FollowerUnit),
                },

                // PgBouncer has no option to only check its configuration; the tool starts one that listens nowhere.
                new()
                {
                    Name = "pgbouncer",
                    Check = $"perl {{{tool}}} check {{{PgBouncerPaths.Configuration}}} {{{PgBouncerPaths.Template}}}",
                    Activation = BundleActivation.Run($"if [ -x {tool} ]; then {tool} reload; else systemctl reload {PgBouncerPaths.Unit}; fi"),
                },
            ],
            Units = [new(PgBouncerPaths.Unit), new(PgBouncerPaths.FollowerUnit)],
            HealthGate = new($"{tool} gate --timeout {GateTimeout.TotalSeconds:0}", GateTimeout + TimeSpan.FromSeconds(5)),
        };
        return FirewallRenderer.AddTo(Firewall(spec), bundle);
    }

    /// <summary>The firewall of a pooler.</summary>
    /// <param name="spec">The group.</param>
    /// <returns>What may come in: SSH, clients, and who asks for health.</returns>
    public static FirewallSpec Firewall(PgBouncerGroupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var rules = new List<FirewallRule> { new() { Purpose = "database clients", Protocol = "tcp", Ports = [spec.Port], Sources = spec.ClientNetworks } };
        if (!spec.Access.MonitoringNetworks.IsEmpty)
        {
            rules.Add(new() { Purpose = "health", Protocol = "tcp", Ports = [spec.HealthPort], Sources = spec.Access.MonitoringNetworks });
        }

        return new() { Role = Role, Access = spec.Access, Rules = [.. rules] };
    }

    // Nothing on the node uses it.
    private static IEnumerable<BundleFile> Verification(PgBouncerSecrets secrets) =>
        secrets.Verification is { } login ? [new() { Path = PgBouncerPaths.Verification, Content = $"{login.User}\n{login.Password}\n", Mode = "0600", Secret = true }] : [];

    // PgBouncer must find its endpoints when it starts, even on a machine that has never seen the follower run.
    private const string DropIn = $"""
        [Unit]
        StartLimitIntervalSec=0

        [Service]
        RuntimeDirectory=pgbouncer
        ExecStartPre={PgBouncerPaths.Tool} render
        LimitNOFILE=65536
        Restart=always
        RestartSec=100ms

        """;

    // The same user as PgBouncer, which lets only its own user command it.
    private const string FollowerUnitFile = $"""
        [Unit]
        Description=AppStack pooler: keeps PgBouncer pointed at the leader
        After=network.target
        StartLimitIntervalSec=0

        [Service]
        Type=notify
        User=postgres
        RuntimeDirectory=appstack-pooler
        ExecStart={PgBouncerPaths.Tool} agent
        AmbientCapabilities=CAP_NET_ADMIN
        CapabilityBoundingSet=CAP_NET_ADMIN
        NoNewPrivileges=yes
        WatchdogSec=10s
        Restart=always
        RestartSec=100ms

        [Install]
        WantedBy=multi-user.target

        """;
}
