using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Renders pgBackRest's side of a database node: it sends WAL, and lets the repository read data.</summary>
public static class BackupClientRenderer
{
    private const string Postgres = "postgres:postgres";

    /// <summary>What PostgreSQL runs for each full segment of WAL.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The command.</returns>
    public static string ArchiveCommand(RepmgrClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return $"/usr/bin/pgbackrest --stanza={spec.Name} archive-push \"%p\"";
    }

    /// <summary>Adds to the bundle of a database node what its backups need.</summary>
    /// <param name="spec">The cluster, which has a target of backups.</param>
    /// <param name="node">The node.</param>
    /// <param name="identity">Its certificate.</param>
    /// <param name="bundle">The node's bundle.</param>
    /// <returns>The completed bundle.</returns>
    public static Bundle AddTo(RepmgrClusterSpec spec, RepmgrNodeSpec node, BackupIdentity identity, Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle with
        {
            Directories = bundle.Directories.AddRange(BackupServer.Directories).Add(new(BackupPaths.Spool, "0750", Postgres)),
            Files =
            [
                .. bundle.Files,
                .. BackupServer.Files(identity, Postgres),
                new() { Path = BackupPaths.Configuration, Content = Configuration(spec, node), Owner = Postgres, Mode = "0640", Group = BackupServer.Group.Name },
            ],
            FileGroups = bundle.FileGroups.Add(BackupServer.Group),
            Units = bundle.Units.Add(new(BackupPaths.ServerUnit)),
        };
    }

    /// <summary>Renders pgBackRest's configuration. The passphrase of the repository is not in it: only the repository encrypts and decrypts.</summary>
    /// <param name="spec">The cluster, which has a target of backups.</param>
    /// <param name="node">The node.</param>
    /// <returns>The file.</returns>
    public static string Configuration(RepmgrClusterSpec spec, RepmgrNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var target = spec.Backup ?? throw new ArgumentException($"Cluster '{spec.Name}' has no target of backups.", nameof(spec));
        return string.Create(CultureInfo.InvariantCulture, $"""
            # pgBackRest of {node.Name}, cluster {spec.Name}; written by AppStack: changes are overwritten.
            [global]
            {BackupServer.Repository(target.Address)}
            spool-path={BackupPaths.Spool}
            log-level-file=off
            log-level-console=warn
            {BackupServer.Settings(node.Address)}
            tls-server-auth={target.Address}={spec.Name}

            # A repository that does not answer must hold up neither writes nor a shutdown for long; PostgreSQL tries again. What is above the limit is dropped.
            [global:archive-push]
            archive-async=y
            archive-timeout={ArchivePushTimeout.TotalSeconds:0}
            archive-push-queue-max={target.QueueMiB}MiB

            [{spec.Name}]
            pg1-path={PostgresPaths.Data(spec.Version)}
            pg1-port={spec.Port}
            pg1-socket-path=/var/run/postgresql

            """);
    }

    // A switchover waits for the archiver's last segment; far more than a healthy repository needs for one.
    private static readonly TimeSpan ArchivePushTimeout = TimeSpan.FromSeconds(5);
}
