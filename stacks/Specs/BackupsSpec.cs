namespace AppStack.Stacks.Environments;

/// <summary>How often a PostgreSQL cluster is backed up, and for how long backups are kept. What is null is left to the component's defaults.</summary>
/// <param name="Full">When full backups are made.</param>
/// <param name="Differential">When differential backups are made.</param>
/// <param name="Incremental">When incremental backups are made.</param>
/// <param name="KeepFull">Full backups that are kept.</param>
/// <param name="KeepDifferential">Differential backups that are kept.</param>
/// <param name="QueueMiB">WAL in MiB that waits for a backup node that does not answer.</param>
public sealed record BackupsSpec(string? Full = null, string? Differential = null, string? Incremental = null, int? KeepFull = null, int? KeepDifferential = null, int? QueueMiB = null);
