using AppStack.Components.Lab;
using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Verification;
using AppStack.Stacks;
using AppStack.Stacks.Environments.Descriptors;
using Spectre.Console;

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
            return Complain(OperationsExitCode.BadInput, problem);
        }

        await using var ssh = DrillSsh.Client();
        var endpoints = NodeEndpoints.For(environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(environment), endpoints);
        await using var platform = new DatabaseDrillPlatform(cluster!, new LabControl(environment.Lab!.Name), ssh, endpoints, verifier);
        var rate = settings.Rate ?? DatabaseDrillCommand.DefaultRate;
        try
        {
            using var turn = DrillLock.Take(environment.Lab.Name);
            context.Console.MarkupLine(Markup.Escape($"restore: {Summary} ({rate:0} rows/s)"));
            var drill = new RestoreDrill(platform, cluster!.Name, repository!.Name, settings.Node ?? nodes[0], line => context.Console.MarkupLine(Markup.Escape(line)));
            var report = await drill.RunAsync(environment.Name, settings, rate, cancellationToken);
            if (json)
            {
                await context.Out.WriteLineAsync(RestoreDrillReportWriter.ToJson(report));
            }
            else
            {
                RestoreDrillReportWriter.Write(context.Console, report);
            }

            return report.Passed ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (Exception exception) when (exception is DrillException or LabException or Npgsql.NpgsqlException or InvalidOperationException)
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
    }

    private int Complain(int exitCode, string message) => context.Complain("drill", exitCode, message);
}
