using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Validates nodes for restores.</summary>
public static class RestoreNodeValidator
{
    /// <summary>Checks a node.</summary>
    /// <param name="spec">The node.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(RestoreNodeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Address("address", spec.Address);
        problems.Access("access", spec.Access);
        problems.AddIf(spec.Clusters.IsDefaultOrEmpty, "clusters", "is empty; there is nothing that it could restore: no database cluster has a backup node");
        problems.Unique("clusters", "name", spec.Clusters.Select(c => c.Name));
        foreach (var (cluster, i) in spec.Clusters.Select((c, i) => (c, i)))
        {
            problems.AddIf(cluster.Backup is null, $"clusters[{i}]", $"'{cluster.Name}' has no backups");
            problems.AddIf(
                cluster.Nodes.Any(node => node.Address == spec.Address),
                $"clusters[{i}]",
                $"'{cluster.Name}' has this node ({spec.Address}); a copy that may write would be ended by the cluster's fence");
        }

        return problems.All;
    }
}
