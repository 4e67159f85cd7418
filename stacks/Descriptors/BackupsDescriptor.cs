namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How often a PostgreSQL cluster is backed up, and for how long backups are kept.</summary>
public sealed record BackupsDescriptor
{
    /// <summary>When full backups are made.</summary>
    [Key("When full backups are made (systemd's calendar).", Default = "Sun *-*-* 01:00:00", Example = "Sun *-*-* 01:00:00")]
    public string? Full { get; init; }

    /// <summary>When differential backups are made.</summary>
    [Key("When differential backups are made: what changed since the last full one.", Default = "Mon..Sat *-*-* 01:00:00", Example = "Mon..Sat *-*-* 01:00:00")]
    public string? Differential { get; init; }

    /// <summary>When incremental backups are made.</summary>
    [Key("When incremental backups are made: what changed since the last one of any kind.", Default = "*-*-* 05,09,13,17,21:00:00", Example = "*-*-* 05,09,13,17,21:00:00")]
    public string? Incremental { get; init; }

    /// <summary>Full backups that are kept.</summary>
    [Key("Full backups that are kept, with the WAL that follows them.", Default = "2", Minimum = 1, Maximum = 1000)]
    public int? KeepFull { get; init; }

    /// <summary>Differential backups that are kept.</summary>
    [Key("Differential backups that are kept.", Default = "7", Minimum = 1, Maximum = 1000)]
    public int? KeepDifferential { get; init; }

    /// <summary>What waits for a repository that is away.</summary>
    [Key("WAL in MiB that a leader keeps for a backup node that does not answer; what comes after it is not archived.", Default = "1024", Minimum = 64, Maximum = 1_048_576)]
    public int? Queue { get; init; }
}
