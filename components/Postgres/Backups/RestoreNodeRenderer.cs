using System.Globalization;
using System.Text;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Renders what a node for restores gets.</summary>
public static class RestoreNodeRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "restore";

    private const string Postgres = "postgres:postgres";

    /// <summary>The bundle of a node for restores.</summary>
    /// <param name="spec">The node; must be valid.</param>
    /// <param name="identity">Its certificate.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(RestoreNodeSpec spec, BackupIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(identity);
        var versions = spec.Clusters.Select(cluster => cluster.Version).Distinct().Order().ToList();
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("pgbackrest"), .. versions.Select(version => new BundlePackage(string.Create(CultureInfo.InvariantCulture, $"postgresql-{version}")))],
            UnsafeVersions = [.. versions.SelectMany(version => PostgresVersions.OfPackage(version, $"on {spec.Name}, apt-get update && apt-get install postgresql-{version}", spec.Clusters.Any(cluster => cluster.Version == version && cluster.Production)))],
            Directories =
            [
                .. BackupServer.Directories,
                new(RestorePaths.State, "0700", Postgres),
                new(RestorePaths.Spool, "0700", Postgres),
                new(RestorePaths.Lock, "0700", Postgres),
            ],
            Files =
            [
                .. BackupServer.Identity(identity, Postgres),
                new() { Path = BackupPaths.Configuration, Content = Configuration(spec), Owner = Postgres, Mode = "0640" },
                new() { Path = RestorePaths.Clusters, Content = string.Concat(spec.Clusters.Select(cluster => string.Create(CultureInfo.InvariantCulture, $"{cluster.Name} {cluster.Version}\n"))) },
                new() { Path = RestorePaths.Tool, Content = RestoreTool.Text, Mode = "0755", Group = "tool" },
                new() { Path = $"/etc/systemd/system/{RestorePaths.Unit}", Content = Unit },

                // The cluster that Debian's package makes is not wanted here.
                .. versions.Select(version => new BundleFile { Path = string.Create(CultureInfo.InvariantCulture, $"/etc/postgresql/{version}/main/start.conf"), Content = "# Nothing of its own runs here; written by AppStack.\ndisabled\n", Owner = Postgres }),
            ],
            FileGroups = [new() { Name = "tool", Check = $"sh -n {{{RestorePaths.Tool}}}" }],
            Units = [.. versions.Select(version => new BundleUnit(PostgresPaths.Unit(version), UnitStart.Unmanaged, UnitState.Stopped))],
        };
        return FirewallRenderer.AddTo(Firewall(spec), bundle);
    }

    /// <summary>The firewall: nothing but SSH; the node only asks.</summary>
    /// <param name="spec">The node.</param>
    /// <returns>What may come in.</returns>
    public static FirewallSpec Firewall(RestoreNodeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new() { Role = Role, Access = spec.Access, Rules = [] };
    }

    /// <summary>Renders pgBackRest's configuration: where each cluster's repository is, and where its copy goes.</summary>
    /// <param name="spec">The node.</param>
    /// <returns>The file.</returns>
    public static string Configuration(RestoreNodeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # pgBackRest of {spec.Name}; written by AppStack: changes are overwritten.
            [global]
            lock-path={RestorePaths.Lock}
            spool-path={RestorePaths.Spool}
            log-level-file=off
            log-level-console=warn

            """));
        foreach (var cluster in spec.Clusters)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                [{cluster.Name}]
                {BackupServer.Repository(cluster.Backup!.Address)}
                pg1-path={RestorePaths.Data(cluster.Name)}

                """);
        }

        return text.ToString();
    }

    private const string Unit = $"""
        [Unit]
        Description=AppStack backups: the restored copy of %i

        [Service]
        Type=notify
        User=postgres
        ExecStart={RestorePaths.Tool} serve %i
        KillMode=mixed
        KillSignal=SIGINT
        TimeoutStartSec=infinity
        NoNewPrivileges=yes

        """;
}
