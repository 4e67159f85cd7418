namespace AppStack.Operations.Drills;

/// <summary>Runs a scenario: load before, during and after the fault; whatever happens, the fault is taken back.</summary>
internal sealed class DrillRunner(IDrillPlatform platform, Action<DrillProgress> report)
{
    /// <summary>Taking a fault back may take this long, also when the drill itself was cancelled.</summary>
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the scenario on a node.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or a step could not be done.</exception>
    public async Task<DrillReport> RunAsync(
        DrillScenario scenario, string environment, DrillTarget target, DrillSettings settings, CancellationToken cancellationToken)
    {
        var steps = new List<DrillStepTime>();
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var parts = new List<DrillPartReport>();
        foreach (var connections in scenario.Loads)
        {
            parts.Add(await RunPartAsync(scenario, target, settings, connections, cancellationToken));
        }

        var start = platform.NowMicros;
        var after = await platform.VerifyAsync(cancellationToken);
        steps.Add(new DrillStepTime("verify", (platform.NowMicros - start) / 1000.0));
        return new DrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Node = target.Node,
            Parts = parts,
            Steps = steps,
            OffAfterwards = [.. after.Off],
        };
    }

    private static string Mode(int connections) => connections == 0 ? "new connections" : $"{connections} keep-alive connections";

    private async Task<DrillPartReport> RunPartAsync(
        DrillScenario scenario, DrillTarget target, DrillSettings settings, int connections, CancellationToken cancellationToken)
    {
        IReadOnlyList<DrillStep> steps =
        [
            DrillStep.Observe("before", settings.Baseline),
            .. scenario.Steps(target),
            DrillStep.Observe("after", settings.Baseline),
        ];
        var times = new List<DrillStepTime>();
        var faultMicros = 0L;
        var restoreMicros = long.MaxValue;
        DrillStep? pendingRestore = null;
        await using var load = await platform.StartLoadAsync(settings.Rate ?? scenario.Rate, connections, cancellationToken);
        var start = platform.NowMicros;
        try
        {
            foreach (var step in steps)
            {
                var stepStart = platform.NowMicros;
                if (step.Kind == DrillStepKind.Fault)
                {
                    faultMicros = stepStart;
                    pendingRestore = steps.First(candidate => candidate.Kind == DrillStepKind.Restore);
                }

                if (step.Kind == DrillStepKind.Restore)
                {
                    restoreMicros = stepStart;
                }

                Report(load, connections, step.Name, ms: null);
                await step.Action(platform, cancellationToken);
                var ms = (platform.NowMicros - stepStart) / 1000.0;
                times.Add(new DrillStepTime(step.Name, ms));
                Report(load, connections, step.Name, ms);
                pendingRestore = step.Kind == DrillStepKind.Restore ? null : pendingRestore;
            }
        }
        finally
        {
            if (pendingRestore is not null)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                Report(load, connections, $"taking the fault back: {pendingRestore.Name}", ms: null);
                await pendingRestore.Action(platform, limit.Token);
            }
        }

        var elapsedMs = (platform.NowMicros - start) / 1000.0;
        var samples = await load.StopAsync(cancellationToken);
        return DrillPartReport.From(Mode(connections), samples, faultMicros, restoreMicros, scenario.Limits, times) with
        {
            GeneratorCpuPercent = 100 * load.CpuMs / elapsedMs,
        };
    }

    private void Report(IDrillLoad load, int connections, string step, double? ms)
    {
        var samples = load.Samples;
        report(new DrillProgress(Mode(connections), step, ms, samples.Count, samples.Count(sample => !sample.Succeeded)));
    }
}
