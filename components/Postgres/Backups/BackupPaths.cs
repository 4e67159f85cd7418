namespace AppStack.Components.Postgres.Backups;

/// <summary>Where pgBackRest's things lie, on database nodes and on the repository node.</summary>
public static class BackupPaths
{
    /// <summary>pgBackRest's configuration, the first place where it looks by itself. On the repository node it holds the passphrase.</summary>
    public const string Configuration = "/etc/pgbackrest/pgbackrest.conf";

    /// <summary>The certificate of the private authority.</summary>
    public const string Authority = "/etc/appstack/backup/ca.crt";

    /// <summary>The node's certificate; its common name is the node's address.</summary>
    public const string Certificate = "/etc/appstack/backup/backup.crt";

    /// <summary>The certificate's private key.</summary>
    public const string PrivateKey = "/etc/appstack/backup/backup.key";

    /// <summary>Segments of WAL on their way, on a database node.</summary>
    public const string Spool = "/var/spool/pgbackrest";

    /// <summary>All that the repository node keeps.</summary>
    public const string State = "/var/lib/appstack-backup";

    /// <summary>Locks of running commands, on the repository node; on a database node pgBackRest's default serves.</summary>
    public const string Lock = $"{State}/lock";

    /// <summary>Segments of WAL on their way to a restore, on the repository node.</summary>
    public const string RestoreSpool = $"{State}/spool";

    /// <summary>The repository: backups and WAL, encrypted.</summary>
    public const string Repository = $"{State}/repository";

    /// <summary>Makes backups, on the repository node; run by timers and by people.</summary>
    public const string Tool = "/usr/local/sbin/appstack-backup";

    /// <summary>The unit of pgBackRest's TLS server, on both sides. Debian's own runs as postgres on a database node only.</summary>
    public const string ServerUnit = "appstack-pgbackrest.service";

    /// <summary>The template of the units that make backups; the instance is <c>cluster-type</c>.</summary>
    public const string BackupUnit = "appstack-backup@.service";
}
