using AppStack.Components.Lab;
using AppStack.Components.Postgres.Timeline;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using AppStack.Stacks;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using Spectre.Console;

namespace AppStack.Operations.Drills.Databases;

/// <summary>Runs a database drill on the first cluster of an environment that has what it needs, and reports.</summary>
internal sealed class DatabaseDrillCommand(OperationsContext context)
{
    /// <summary>Rows a second when nothing else is said; the limits are stated for it.</summary>
    public const double DefaultRate = 200;

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
            return Complain(OperationsExitCode.BadInput, problem);
        }

        await using var ssh = DrillSsh.Client();
        var endpoints = NodeEndpoints.For(environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(environment), endpoints);
        await using var platform = new DatabaseDrillPlatform(cluster!, new LabControl(environment.Lab!.Name), ssh, endpoints, verifier);
        var rate = settings.Rate ?? DefaultRate;
        try
        {
            using var turn = DrillLock.Take(environment.Lab.Name);
            var node = scenario.HitsTheLeader ? null : settings.Node ?? await ChooseAsync(scenario, cluster!, platform, cancellationToken);
            context.Console.MarkupLine(Markup.Escape($"{scenario.Name}: {scenario.Summary} ({rate:0} rows/s through {cluster!.Poolers.Length} poolers)"));
            var runner = new DatabaseDrillRunner(platform, line => context.Console.MarkupLine(Markup.Escape(line)));
            var report = await runner.RunAsync(scenario, environment.Name, node, settings, rate, Model(environment, cluster), cancellationToken);
            if (json)
            {
                await context.Out.WriteLineAsync(DatabaseDrillReportWriter.ToJson(report));
            }
            else
            {
                DatabaseDrillReportWriter.Write(context.Console, report);
            }

            return report.Passed ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (Exception exception) when (exception is DrillException or LabException or Npgsql.NpgsqlException or InvalidOperationException)
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
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

        var leader = await platform.LeaderAsync(cancellationToken) ?? throw new DrillException($"nobody leads cluster {cluster.Name}");
        return platform.Other(leader);
    }

    private int Complain(int exitCode, string message) => context.Complain("drill", exitCode, message);
}
