namespace AppStack.Components.Postgres.Backups;

/// <summary>Where a database cluster's backups and WAL go: the repository, as seen from the database nodes.</summary>
public sealed record BackupTargetSpec
{
    /// <summary>The default of <see cref="QueueMiB"/>.</summary>
    public const int DefaultQueueMiB = 1024;

    /// <summary>Address of the repository node.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// WAL in MiB that a leader keeps for a repository that does not answer. What comes after that is dropped from the archive, so that a full disk
    /// never stops writes: no moment after it can be restored until the next backup. Default: 1024.
    /// </summary>
    public int QueueMiB { get; init; } = DefaultQueueMiB;
}
