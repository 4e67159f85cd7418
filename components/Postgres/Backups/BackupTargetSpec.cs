namespace AppStack.Components.Postgres.Backups;

/// <summary>Where a database cluster's backups and WAL go, how often and for how long.</summary>
public sealed record BackupTargetSpec
{
    /// <summary>The default of <see cref="QueueMiB"/>.</summary>
    public const int DefaultQueueMiB = 1024;

    /// <summary>The default of <see cref="KeepFull"/>.</summary>
    public const int DefaultKeepFull = 2;

    /// <summary>The default of <see cref="KeepDifferential"/>.</summary>
    public const int DefaultKeepDifferential = 7;

    /// <summary>The default of <see cref="FullSchedule"/>.</summary>
    public const string DefaultFullSchedule = "Sun *-*-* 01:00:00";

    /// <summary>The default of <see cref="DifferentialSchedule"/>.</summary>
    public const string DefaultDifferentialSchedule = "Mon..Sat *-*-* 01:00:00";

    /// <summary>The default of <see cref="IncrementalSchedule"/>.</summary>
    public const string DefaultIncrementalSchedule = "*-*-* 05,09,13,17,21:00:00";

    /// <summary>Port of pgBackRest's TLS server on all nodes, its own default.</summary>
    public const int Port = 8432;

    /// <summary>Address of the repository node.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// WAL in MiB that a leader keeps for a repository that does not answer. What comes after that is dropped from the archive, so that a full disk
    /// never stops writes: no moment after it can be restored until the next backup. Default: 1024.
    /// </summary>
    public int QueueMiB { get; init; } = DefaultQueueMiB;

    /// <summary>Full backups that are kept, with all that follows from them; an older one goes when a newer one is complete. Default: 2.</summary>
    public int KeepFull { get; init; } = DefaultKeepFull;

    /// <summary>Differential backups that are kept. Default: 7.</summary>
    public int KeepDifferential { get; init; } = DefaultKeepDifferential;

    /// <summary>When full backups are made (systemd's calendar). Default: Sundays at one.</summary>
    public string FullSchedule { get; init; } = DefaultFullSchedule;

    /// <summary>When differential backups are made. Default: at one on all other days.</summary>
    public string DifferentialSchedule { get; init; } = DefaultDifferentialSchedule;

    /// <summary>When incremental backups are made. Default: every other four hours.</summary>
    public string IncrementalSchedule { get; init; } = DefaultIncrementalSchedule;
}
