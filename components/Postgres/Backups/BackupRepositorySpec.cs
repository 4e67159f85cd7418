using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>A node that keeps backups and WAL of database clusters.</summary>
public sealed record BackupRepositorySpec
{
    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Its address for the database nodes.</summary>
    public required string Address { get; init; }

    /// <summary>The clusters whose backups it keeps; each is a stanza of its own.</summary>
    public required ImmutableArray<RepmgrClusterSpec> Clusters { get; init; }

    /// <summary>Full backups that are kept, with all that follows from them; an older one goes when a newer one is complete. Default: 2.</summary>
    public int KeepFull { get; init; } = 2;

    /// <summary>Differential backups that are kept. Default: 7.</summary>
    public int KeepDifferential { get; init; } = 7;

    /// <summary>When full backups are made (systemd's calendar). Default: Sundays at one.</summary>
    public string FullSchedule { get; init; } = "Sun *-*-* 01:00:00";

    /// <summary>When differential backups are made. Default: at one on all other days.</summary>
    public string DifferentialSchedule { get; init; } = "Mon..Sat *-*-* 01:00:00";

    /// <summary>When incremental backups are made. Default: every other four hours.</summary>
    public string IncrementalSchedule { get; init; } = "*-*-* 05,09,13,17,21:00:00";

    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }
}
