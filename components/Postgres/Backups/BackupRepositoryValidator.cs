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
        foreach (var (address, i) in spec.RestoreAddresses.Select((a, i) => (a, i)))
        {
            problems.Address($"restoreAddresses[{i}]", address);
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
