using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Services;

/// <summary>Runs a scenario while documents are issued and verified, then compares what clients were given with what the database holds.</summary>
internal sealed class ServiceDrillRunner(IServiceDrillPlatform platform, Action<string> tell)
{
    /// <summary>Runs the scenario.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or a step could not be done.</exception>
    public async Task<ServiceDrillReport> RunAsync(ServiceDrillScenario scenario, string environment, DrillSettings settings, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var original = platform.Descriptor;
        var (before, _, _) = await platform.PodsAsync(cancellationToken);
        await using var load = await platform.StartAsync(settings.Rate ?? ServiceDrillScenarios.Rate, cancellationToken);
        var run = new ServiceDrillRun(platform, load, tell, cancellationToken);
        IReadOnlyList<DocumentSample> samples;
        try
        {
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
            await scenario.Do(run);
            await platform.ObserveAsync(settings.Baseline, cancellationToken);
        }
        finally
        {
            // As it was, whatever happened: also when the drill was given up.
            if ((await platform.PodsAsync(CancellationToken.None)).Version != before)
            {
                await run.StepAsync($"deploy {before} again", () => platform.DeployAsync(original, CancellationToken.None));
            }

            samples = await load.StopAsync(CancellationToken.None);
        }

        var audit = DocumentAudit.Compare(samples, await platform.HeldAsync(cancellationToken));
        var after = await platform.VerifyAsync(cancellationToken);
        var requests = DocumentAudit.Requests(samples);
        var report = LoadReport.From(requests);
        var recovery = run.FaultMicros is { } fault && report.LastFailureMicros is { } last ? Math.Max(0, (last - fault) / 1000.0) : 0;
        return new ServiceDrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Load = report,
            RecoveryMs = recovery,
            Audit = audit,
            Figures = [.. Judge(scenario, report, audit, run.SlowestDeployMs, recovery)],
            Steps = run.Steps,
            FirstFailed = FailedRequest.First(samples, TimeProvider.System.GetUtcNow(), platform.NowMicros),
            Complaints = run.Complaints,
            OffAfterwards = [.. after.Off],
        };
    }

    private static IEnumerable<DrillFigure> Judge(ServiceDrillScenario scenario, LoadReport load, DocumentAudit audit, double slowestDeployMs, double recoveryMs)
    {
        if (scenario.MayFail is { } failed)
        {
            yield return new("failed", load.Failed, failed);
        }

        yield return new("lost", audit.Lost, 0);
        yield return new("duplicated", audit.Duplicated, 0);
        if (scenario.DeployMs is { } deploy)
        {
            yield return new("slowestDeployMs", slowestDeployMs, deploy);
        }

        if (scenario.RecoveryMs is { } recovery)
        {
            yield return new("recoveryMs", recoveryMs, recovery);
        }
    }
}
