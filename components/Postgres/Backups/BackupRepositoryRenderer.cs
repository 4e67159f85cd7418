using System.Globalization;
using System.Text;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Renders what a repository node gets.</summary>
public static class BackupRepositoryRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "backup";

    /// <summary>Whom the repository belongs to.</summary>
    internal const string User = "pgbackrest";

    private const string Owner = $"{User}:{User}";

    /// <summary>The bundle of a repository node.</summary>
    /// <param name="spec">The repository; must be valid.</param>
    /// <param name="identity">The node's certificate.</param>
    /// <param name="passphrase">What the repository is encrypted with.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(BackupRepositorySpec spec, BackupIdentity identity, string passphrase)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(identity);
        var timers = spec.Clusters.SelectMany(cluster => new[]
        {
            (Instance: $"{cluster.Name}-full", Schedule: Target(cluster).FullSchedule),
            (Instance: $"{cluster.Name}-diff", Schedule: Target(cluster).DifferentialSchedule),
            (Instance: $"{cluster.Name}-incr", Schedule: Target(cluster).IncrementalSchedule),
        }).ToList();
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("pgbackrest")],
            Users = [new(User)],
            Directories =
            [
                .. BackupServer.Directories,
                new(BackupPaths.State, "0700", Owner),
                new(BackupPaths.Repository, "0700", Owner),
                new(BackupPaths.Lock, "0700", Owner),
                new(BackupPaths.RestoreSpool, "0700", Owner),
            ],
            Files =
            [
                .. BackupServer.Files(identity, Owner),
                new() { Path = BackupPaths.Configuration, Content = Configuration(spec, passphrase), Owner = Owner, Mode = "0600", Secret = true, Group = BackupServer.Group.Name },
                new() { Path = BackupPaths.Tool, Content = BackupTool.Text, Mode = "0755", Group = "tool" },
                new() { Path = $"/etc/systemd/system/{BackupPaths.BackupUnit}", Content = BackupUnit },
                .. timers.Select(timer => new BundleFile { Path = $"/etc/systemd/system/{TimerUnit(timer.Instance)}", Content = Timer(timer.Instance, timer.Schedule), Group = "schedule" }),
            ],
            FileGroups = [new() { Name = "tool", Check = $"sh -n {{{BackupPaths.Tool}}}" }, new() { Name = "schedule", Check = string.Join(" && ", timers.Select(timer => timer.Schedule).Distinct().Select(schedule => $"systemd-analyze calendar '{schedule}'")) }, BackupServer.Group],
            Units = [new(BackupPaths.ServerUnit), .. timers.Select(timer => new BundleUnit(TimerUnit(timer.Instance)))],
            HealthGate = new($"systemctl is-active {BackupPaths.ServerUnit}", TimeSpan.FromSeconds(10)),
        };
        return FirewallRenderer.AddTo(Firewall(spec), bundle);
    }

    /// <summary>The firewall: nothing but database nodes and those that restore, on one port.</summary>
    /// <param name="spec">The repository.</param>
    /// <returns>What may come in.</returns>
    public static FirewallSpec Firewall(BackupRepositorySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new()
        {
            Role = Role,
            Access = spec.Access,
            Rules = [new() { Purpose = "backups", Protocol = "tcp", Ports = [BackupTargetSpec.Port], Sources = [.. spec.Clusters.SelectMany(c => c.Nodes).Select(n => n.Address).Concat(spec.RestoreAddresses)] }],
        };
    }

    /// <summary>Renders pgBackRest's configuration: all nodes of a cluster are named, because any of them may lead one day.</summary>
    /// <param name="spec">The repository.</param>
    /// <param name="passphrase">What it is encrypted with.</param>
    /// <returns>The file.</returns>
    public static string Configuration(BackupRepositorySpec spec, string passphrase)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # pgBackRest of {spec.Name}; written by AppStack: changes are overwritten.
            [global]
            repo1-path={BackupPaths.Repository}
            repo1-cipher-type=aes-256-cbc
            repo1-cipher-pass={passphrase}
            lock-path={BackupPaths.Lock}
            spool-path={BackupPaths.RestoreSpool}
            log-level-file=off
            log-level-console=info
            start-fast=y
            {BackupServer.Settings(spec.Address)}

            """));
        foreach (var (cluster, node) in spec.Clusters.SelectMany(c => c.Nodes.Select(n => (c, n))))
        {
            text.Append(CultureInfo.InvariantCulture, $"tls-server-auth={node.Address}={cluster.Name}\n");
        }

        foreach (var address in spec.RestoreAddresses)
        {
            text.Append(CultureInfo.InvariantCulture, $"tls-server-auth={address}={string.Join(',', spec.Clusters.Select(c => c.Name))}\n");
        }

        foreach (var cluster in spec.Clusters)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                [{cluster.Name}]
                repo1-retention-full={Target(cluster).KeepFull}
                repo1-retention-diff={Target(cluster).KeepDifferential}

                """);
            foreach (var (node, i) in cluster.Nodes.Select((n, i) => (n, i + 1)))
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                    pg{i}-host={node.Address}
                    pg{i}-host-type=tls
                    pg{i}-host-port={BackupTargetSpec.Port}
                    pg{i}-host-ca-file={BackupPaths.Authority}
                    pg{i}-host-cert-file={BackupPaths.Certificate}
                    pg{i}-host-key-file={BackupPaths.PrivateKey}
                    pg{i}-path={PostgresPaths.Data(cluster.Version)}
                    pg{i}-port={cluster.Port}
                    pg{i}-socket-path=/var/run/postgresql

                    """);
            }
        }

        return text.ToString();
    }

    private static BackupTargetSpec Target(RepmgrClusterSpec cluster) =>
        cluster.Backup ?? throw new ArgumentException($"Cluster '{cluster.Name}' has no target of backups.", nameof(cluster));

    private static string TimerUnit(string instance) => $"appstack-backup-{instance}.timer";

    private static string Timer(string instance, string schedule) => $"""
        [Unit]
        Description=AppStack backups: {instance}

        [Timer]
        OnCalendar={schedule}
        Persistent=yes
        Unit={BackupPaths.BackupUnit.Replace("@", $"@{instance}", StringComparison.Ordinal)}

        [Install]
        WantedBy=timers.target

        """;

    private const string BackupUnit = $"""
        [Unit]
        Description=AppStack backups: %i
        After={BackupPaths.ServerUnit}

        [Service]
        Type=oneshot
        User={User}
        ExecStart={BackupPaths.Tool} make %i
        Nice=10

        """;
}
