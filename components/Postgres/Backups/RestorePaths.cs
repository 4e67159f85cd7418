namespace AppStack.Components.Postgres.Backups;

/// <summary>Where things lie on a node for restores.</summary>
public static class RestorePaths
{
    /// <summary>Restores, looks into what was restored, and removes it.</summary>
    public const string Tool = "/usr/local/sbin/appstack-restore";

    /// <summary>What may be restored: a line for each cluster, its name and PostgreSQL's version.</summary>
    public const string Clusters = "/etc/appstack/backup/clusters";

    /// <summary>What was restored, a folder for each cluster.</summary>
    public const string State = "/var/lib/appstack-restore";

    /// <summary>Segments of WAL on their way.</summary>
    public const string Spool = $"{State}/.spool";

    /// <summary>Locks of running commands.</summary>
    public const string Lock = $"{State}/.lock";

    /// <summary>The template of the units that run a restored copy; the instance is the cluster.</summary>
    public const string Unit = "appstack-restored@.service";

    /// <summary>What the tool says of a copy that it would have to replace: of somebody else's, which it leaves alone.</summary>
    public const string ThereAlready = "is there already";

    /// <summary>The folder of a cluster's copy; its socket is in it, too.</summary>
    public static string Data(string cluster) => $"{State}/{cluster}";
}
