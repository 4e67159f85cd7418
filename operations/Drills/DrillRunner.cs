namespace AppStack.Operations.Drills;

/// <summary>Runs a scenario: load before, during and after the fault; whatever happens, the fault is taken back.</summary>
internal sealed class DrillRunner(IDrillPlatform platform, Action<DrillProgress> report)
{
    /// <summary>Taking a fault back may take this long, also when the drill itself was cancelled.</summary>
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(60);

    private DrillProgress _told = new("", "", null, 0, 0);

    /// <summary>Runs the scenario on a node. A step that fails ends it early; the report says so, and what was measured until then.</summary>
    /// <exception cref="OperationException">The platform was not whole before.</exception>
    public async Task<DrillReport> RunAsync(
        DrillScenario scenario, string environment, DrillTarget target, DrillSettings settings, CancellationToken cancellationToken)
    {
        var steps = new List<DrillStepTime>();
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var errors = new DrillErrors(environment, error => report(_told with { Step = error, Ms = null }), cancellationToken);
        var parts = new List<DrillPartReport>();
        foreach (var connections in scenario.Loads.TakeWhile(_ => !errors.Any))
        {
            // What the first load showed is reported although the second one does not start.
            await errors.TryAsync(Mode(connections), async () => parts.Add(await RunPartAsync(scenario, target, settings, connections, errors, cancellationToken)));
        }

        var start = platform.NowMicros;
        var off = await errors.VerifyAsync(platform);
        steps.Add(new DrillStepTime("verify", (platform.NowMicros - start) / 1000.0));
        return new DrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Node = target.Node,
            Parts = parts,
            Steps = steps,
            OffAfterwards = off,
            Error = errors.Text,
        };
    }

    private static string Mode(int connections) => connections == 0 ? "new connections" : $"{connections} keep-alive connections";

    private async Task<DrillPartReport> RunPartAsync(
        DrillScenario scenario, DrillTarget target, DrillSettings settings, int connections, DrillErrors errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<DrillStep> steps =
        [
            DrillStep.Observe("before", settings.Baseline),
            .. scenario.Steps(target),
            DrillStep.Observe("after", settings.Baseline),
        ];
        var times = new List<DrillStepTime>();
        var faultMicros = long.MaxValue;
        var restoreMicros = long.MaxValue;
        DrillStep? pendingRestore = null;
        await using var load = await platform.StartLoadAsync(settings.Rate ?? scenario.Rate, connections, cancellationToken);
        var start = platform.NowMicros;
        try
        {
            foreach (var step in steps.TakeWhile(_ => !errors.Any))
            {
                await errors.TryAsync(step.Name, () => StepAsync(step));
            }
        }
        finally
        {
            if (pendingRestore is not null)
            {
                using var limit = new CancellationTokenSource(RestoreLimit);
                Report(load, connections, $"taking the fault back: {pendingRestore.Name}", ms: null);
                restoreMicros = Math.Min(restoreMicros, platform.NowMicros);
                await errors.TryAsync($"taking the fault back: {pendingRestore.Name}", () => pendingRestore.Action(platform, limit.Token));
            }
        }

        var elapsedMs = (platform.NowMicros - start) / 1000.0;
        var samples = load.Samples;
        await errors.TryAsync("stopping the load", async () => samples = await load.StopAsync(cancellationToken));
        return DrillPartReport.From(Mode(connections), samples, faultMicros, restoreMicros, scenario.Limits, times) with
        {
            GeneratorCpuPercent = 100 * load.CpuMs / elapsedMs,
            Complete = !errors.Any,
        };

        async Task StepAsync(DrillStep step)
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

    private void Report(IDrillLoad load, int connections, string step, double? ms)
    {
        var samples = load.Samples;
        _told = new DrillProgress(Mode(connections), step, ms, samples.Count, samples.Count(sample => !sample.Succeeded));
        report(_told);
    }
}
