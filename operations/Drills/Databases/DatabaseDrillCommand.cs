using AppStack.Components.Postgres.Timeline;
using AppStack.Stacks;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills.Databases;

/// <summary>Runs a database drill on the first cluster of an environment that has what it needs, and reports.</summary>
internal sealed class DatabaseDrillCommand(OperationsContext context)
{
    public async Task<int> RunAsync(DatabaseDrillScenario scenario, DrillSettings settings, bool json, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var cluster = environment.Databases.FirstOrDefault();
        var candidates = cluster is null ? [] : scenario.Role == NodeRole.Pooler ? cluster.Poolers : cluster.Servers;
        var problem = environment.Lab is null ? $"the nodes of {environment.Name} are not machines of a lab: nothing here can take their power away"
            : cluster is null ? $"{environment.Name} has no database cluster"
            : cluster.Services.IsEmpty ? $"cluster {cluster.Name} has no service with a database, in which a writer could write (databases: services)"
            : candidates.Length < 2 ? $"{scenario.Name} needs two nodes of the role {scenario.Role}; {cluster.Name} has {candidates.Length}"
            : settings.Node is not null && scenario.HitsTheLeader ? $"{scenario.Name} is done to whoever leads; --node cannot choose it"
            : settings.Node is { } chosen && candidates.All(found => found.Name != chosen) ? $"{scenario.Name} needs one of the nodes {string.Join(", ", candidates.Select(found => found.Name))}; not '{chosen}'"
            : "";
        if (problem.Length > 0)
        {
            return context.Complain("drill", OperationsExitCode.BadInput, problem);
        }

        var rate = settings.Rate ?? DatabaseDrillSession.DefaultRate;
        return await new DatabaseDrillSession(context).RunAsync(
            cluster!,
            json,
            async (platform, tell) =>
            {
                var node = scenario.HitsTheLeader ? null : settings.Node ?? await ChooseAsync(scenario, cluster!, platform, cancellationToken);
                tell($"{scenario.Name}: {scenario.Summary} ({rate:0} rows/s through {cluster!.Poolers.Length} poolers)");
                return await new DatabaseDrillRunner(platform, tell).RunAsync(scenario, environment.Name, node, settings, rate, Model(environment, cluster), cancellationToken);
            },
            report => report.Passed,
            DatabaseDrillReportWriter.ToJson,
            DatabaseDrillReportWriter.Write);
    }

    /// <summary>What the settings allow a failover to take.</summary>
    private static TimeSpan Model(EnvironmentSpec environment, DatabaseSpec cluster)
    {
        var planned = PlatformPlan.Of(environment).Databases.Single(found => found.Name == cluster.Name);
        return FailoverTimeline.Of(FailoverTimers.For(planned.Rto), planned.Nodes.Length).WorstCase;
    }

    private static async Task<string?> ChooseAsync(DatabaseDrillScenario scenario, DatabaseSpec cluster, DatabaseDrillPlatform platform, CancellationToken cancellationToken)
    {
        if (scenario.Role == NodeRole.Pooler)
        {
            return cluster.Poolers[0].Name;
        }

        var leader = await platform.LeaderAsync(cancellationToken) ?? throw new OperationException($"nobody leads cluster {cluster.Name}");
        return platform.Other(leader);
    }
}
