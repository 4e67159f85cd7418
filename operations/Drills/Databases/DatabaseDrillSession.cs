using AppStack.Components.Lab;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;
using Spectre.Console;

namespace AppStack.Operations.Drills.Databases;

/// <summary>What the commands of all drills of databases do alike: the platform, one drill at a time, the report, and what is said when it cannot be done.</summary>
/// <param name="context">Where to look and where to write.</param>
internal sealed class DatabaseDrillSession(OperationsContext context)
{
    /// <summary>Rows a second when nothing else is said; the limits are stated for it.</summary>
    public const double DefaultRate = 200;

    /// <summary>Runs a drill on a cluster of a lab and reports.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="json">Whether to print one JSON object instead of a table.</param>
    /// <param name="drill">Runs it; hears where to tell of its progress.</param>
    /// <param name="passed">Whether it has passed.</param>
    /// <param name="toJson">The report for programs.</param>
    /// <param name="write">Writes the report for people.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public async Task<int> RunAsync<TReport>(
        DatabaseSpec cluster, bool json, Func<DatabaseDrillPlatform, Action<string>, Task<TReport>> drill, Func<TReport, bool> passed, Func<TReport, string> toJson, Action<IAnsiConsole, TReport> write)
    {
        var environment = context.Environment;
        await using var ssh = NodeSsh.Client();
        var endpoints = NodeEndpoints.For(environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(environment), endpoints);
        await using var platform = new DatabaseDrillPlatform(cluster, new LabControl(environment.Lab!.Name), ssh, endpoints, verifier);
        try
        {
            using var turn = DrillLock.Take(environment.Lab.Name);
            var report = await drill(platform, line => context.Console.MarkupLine(Markup.Escape(line)));
            if (json)
            {
                await context.Out.WriteLineAsync(toJson(report));
            }
            else
            {
                write(context.Console, report);
            }

            return passed(report) ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (Exception exception) when (DrillErrors.Expected(exception))
        {
            return context.Complain("drill", OperationsExitCode.Off, exception.Message);
        }
    }
}
