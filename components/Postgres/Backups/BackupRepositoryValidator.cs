using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Validates repositories of backups.</summary>
public static class BackupRepositoryValidator
{
    /// <summary>Checks a repository.</summary>
    /// <param name="spec">The repository.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(BackupRepositorySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Address("address", spec.Address);
        problems.Access("access", spec.Access);
        problems.AddIf(spec.Clusters.IsDefaultOrEmpty, "clusters", "is empty; a repository keeps backups of at least one cluster");
        problems.Unique("clusters", "name", spec.Clusters.Select(c => c.Name));
        problems.AddIf(spec.KeepFull < 1, "keepFull", $"{spec.KeepFull} is below 1; nothing could be restored");
        problems.AddIf(spec.KeepDifferential < 1, "keepDifferential", $"{spec.KeepDifferential} is below 1");
        foreach (var (path, schedule) in new[] { ("fullSchedule", spec.FullSchedule), ("differentialSchedule", spec.DifferentialSchedule), ("incrementalSchedule", spec.IncrementalSchedule) })
        {
            problems.AddIf(schedule.Length == 0 || schedule.Contains('\n', StringComparison.Ordinal), path, "must be one line of systemd's calendar, e.g. Sun *-*-* 01:00:00");
        }

        foreach (var (cluster, i) in spec.Clusters.Select((c, i) => (c, i)))
        {
            problems.AddIf(
                cluster.Backup?.Address != spec.Address,
                $"clusters[{i}]",
                $"'{cluster.Name}' {(cluster.Backup is { } other ? $"sends its WAL to {other.Address}" : "sends no WAL anywhere")}, not here ({spec.Address})");
        }

        return problems.All;
    }
}
