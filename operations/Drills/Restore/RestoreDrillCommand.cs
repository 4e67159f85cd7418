using AppStack.Operations.Drills.Databases;
using AppStack.Stacks;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills.Restore;

/// <summary>Runs the drill <c>restore</c> on the first cluster of an environment that has backups, and reports.</summary>
internal sealed class RestoreDrillCommand(OperationsContext context)
{
    /// <summary>What is done and what is expected, in one line.</summary>
    public const string Summary = "somebody deletes rows; the moment before is restored on another node, to the row, while others go on writing";

    public async Task<int> RunAsync(DrillSettings settings, bool json, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var repository = PlatformPlan.Of(environment).Backups.FirstOrDefault();
        var cluster = environment.Databases.FirstOrDefault(found => repository?.Clusters.Any(kept => kept.Name == found.Name) == true);
        var nodes = environment.NodesOf(NodeRole.Restore).Select(found => found.Name).ToList();
        var problem = environment.Lab is null ? $"the nodes of {environment.Name} are not machines of a lab: the drill deletes rows of a table of its own, beside those of services"
            : cluster is null ? $"{environment.Name} has no database cluster with backups (a node with role: backup)"
            : cluster.Services.IsEmpty ? $"cluster {cluster.Name} has no service with a database, in which a writer could write (databases: services)"
            : nodes.Count == 0 ? $"{environment.Name} has no node on which backups are restored (role: restore)"
            : settings.Node is { } chosen && !nodes.Contains(chosen) ? $"restore needs one of the nodes {string.Join(", ", nodes)}; not '{chosen}'"
            : "";
        if (problem.Length > 0)
        {
            return context.Complain("drill", OperationsExitCode.BadInput, problem);
        }

        var rate = settings.Rate ?? DatabaseDrillSession.DefaultRate;
        return await new DatabaseDrillSession(context).RunAsync(
            cluster!,
            json,
            (platform, tell) =>
            {
                tell($"restore: {Summary} ({rate:0} rows/s)");
                return new RestoreDrill(platform, cluster!.Name, repository!.Name, settings.Node ?? nodes[0], tell).RunAsync(environment.Name, settings, rate, cancellationToken);
            },
            report => report.Passed,
            RestoreDrillReportWriter.ToJson,
            RestoreDrillReportWriter.Write);
    }
}
