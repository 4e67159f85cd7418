using AppStack.Components.Lab;
using AppStack.Operations.Drills.Databases;
using AppStack.Operations.Drills.Restore;
using AppStack.Operations.Drills.Services;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using Spectre.Console;

namespace AppStack.Operations.Drills;

/// <summary><c>appstack drill</c>: refuses where drills are not welcome, runs a scenario, reports.</summary>
internal sealed class DrillCommand(OperationsContext context)
{
    /// <summary>The drills that there are, with a line of help each.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Summaries { get; } =
    [
        .. DrillScenarios.All.Select(scenario => KeyValuePair.Create(scenario.Name, scenario.Summary)),
        .. DatabaseDrillScenarios.All.Select(scenario => KeyValuePair.Create(scenario.Name, scenario.Summary)),
        KeyValuePair.Create(RestoreDrillReportWriter.Scenario, RestoreDrillCommand.Summary),
        .. ServiceDrillScenarios.All.Select(scenario => KeyValuePair.Create(scenario.Name, scenario.Summary)),
    ];

    public async Task<int> RunAsync(string scenarioName, DrillSettings settings, bool json, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var scenario = DrillScenarios.Find(scenarioName);
        var databases = DatabaseDrillScenarios.Find(scenarioName);
        var service = ServiceDrillScenarios.Find(scenarioName);
        var restore = scenarioName == RestoreDrillReportWriter.Scenario;
        if (scenario is null && databases is null && service is null && !restore)
        {
            return Complain(OperationsExitCode.BadInput, $"there is no scenario '{scenarioName}'; there are: {string.Join(", ", Summaries.Select(found => found.Key))}");
        }

        if (!environment.DrillsWelcome)
        {
            return Complain(OperationsExitCode.Refused, $"environment {environment.Name} does not welcome drills: they break things on purpose. " +
                $"Where losing a node hurts nobody, say `drills: welcome` in {environment.File}");
        }

        if (restore)
        {
            return await new RestoreDrillCommand(context).RunAsync(settings, json, cancellationToken);
        }

        if (service is not null)
        {
            return await new ServiceDrillCommand(context).RunAsync(service, settings, json, cancellationToken);
        }

        if (databases is not null)
        {
            return await new DatabaseDrillCommand(context).RunAsync(databases, settings, json, cancellationToken);
        }

        if (DrillPreparation.Of(scenario!, settings, environment, out var problem) is not { } prepared)
        {
            return Complain(OperationsExitCode.BadInput, problem);
        }

        return await RunAsync(scenario!, prepared, settings, json, cancellationToken);
    }

    private async Task<int> RunAsync(
        DrillScenario scenario, DrillPreparation prepared, DrillSettings settings, bool json, CancellationToken cancellationToken)
    {
        await using var ssh = NodeSsh.Client();
        var endpoints = NodeEndpoints.For(context.Environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(context.Environment), endpoints);
        var platform = new DrillPlatform(
            new LabControl(prepared.Lab), ssh, endpoints, verifier, prepared.Client, prepared.Frontend);
        var runner = new DrillRunner(platform, progress => DrillTable.WriteProgress(context.Console, progress));
        try
        {
            using var turn = DrillLock.Take(prepared.Lab);
            context.Console.MarkupLine(Markup.Escape($"{scenario.Name}: {scenario.Summary} ({settings.Rate ?? scenario.Rate:0} requests/s to {prepared.Frontend})"));
            var report = await runner.RunAsync(scenario, context.Environment.Name, prepared.Target, settings, cancellationToken);
            if (json)
            {
                await context.Out.WriteLineAsync(DrillReportWriter.ToJson(report));
            }
            else
            {
                DrillTable.Write(context.Console, report);
            }

            return report.Passed ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (Exception exception) when (DrillErrors.Expected(exception))
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
    }

    private int Complain(int exitCode, string message) => context.Complain("drill", exitCode, message);
}
