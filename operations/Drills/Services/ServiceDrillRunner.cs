using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Services;

/// <summary>Runs a scenario while documents are issued and verified, then compares what clients were given with what the database holds.</summary>
internal sealed class ServiceDrillRunner(IServiceDrillPlatform platform, Action<string> tell)
{
    /// <summary>A leader that was away leads again, or another one does: long after every promise.</summary>
    private static readonly TimeSpan LeaderLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the scenario. A step that fails ends it early; the report says so, with what was measured until then and the audit of its documents.</summary>
    /// <exception cref="OperationException">The platform was not whole before, or the load could not be started.</exception>
    public async Task<ServiceDrillReport> RunAsync(ServiceDrillScenario scenario, string environment, DrillSettings settings, CancellationToken cancellationToken)
    {
        DrillHealth.RequireWhole(await platform.VerifyAsync(cancellationToken), scenario.Name, environment);
        var original = platform.Descriptor;
        var (before, _, _) = await platform.PodsAsync(cancellationToken);
        await using var load = await platform.StartAsync(settings.Rate ?? ServiceDrillScenarios.Rate, cancellationToken);
        var run = new ServiceDrillRun(platform, load, tell, cancellationToken);
        var errors = new DrillErrors(environment, tell, cancellationToken);
        IReadOnlyList<DocumentSample> samples;
        try
        {
            await errors.TryAsync("", async () =>
            {
                await platform.ObserveAsync(settings.Baseline, cancellationToken);
                await scenario.Do(run);
                await platform.ObserveAsync(settings.Baseline, cancellationToken);
            });
        }
        finally
        {
            // As it was, whatever happened: also when the drill was given up.
            await errors.TryAsync("the version before", async () =>
            {
                if ((await platform.PodsAsync(CancellationToken.None)).Version != before)
                {
                    await run.DeployAgainAsync(before, original);
                }
            });
            samples = load.Samples;
            await errors.TryAsync("stopping the load", async () => samples = await load.StopAsync(CancellationToken.None));
        }

        if (errors.Any)
        {
            // What was broken has just been taken back: documents can be counted once somebody leads again.
            await errors.TryAsync("before the audit", () => run.UntilAsync("a node leads the database", LeaderLimit, async () => await platform.LeaderAsync(cancellationToken) is not null));
        }

        DocumentAudit? audit = null;
        await errors.TryAsync("reading the documents", async () => audit = DocumentAudit.Compare(samples, await platform.HeldAsync(cancellationToken)));
        var off = await errors.VerifyAsync(platform);
        var requests = DocumentAudit.Requests(samples);
        var report = LoadReport.From(requests);
        var recovery = run.FaultMicros is { } fault && report.LastFailureMicros is { } last ? Math.Max(0, (last - fault) / 1000.0) : 0;
        return new ServiceDrillReport
        {
            Scenario = scenario.Name,
            Environment = environment,
            Load = report,
            RecoveryMs = recovery,
            Acknowledged = samples.Count(sample => sample.Code is not null),
            Audit = audit,
            Figures = [.. Judge(scenario, report, audit, run.SlowestDeployMs, recovery)],
            Steps = run.Steps,
            FirstFailed = FailedRequest.First(samples, TimeProvider.System.GetUtcNow(), platform.NowMicros),
            Complaints = run.Complaints,
            OffAfterwards = off,
            Error = errors.Text,
        };
    }

    private static IEnumerable<DrillFigure> Judge(ServiceDrillScenario scenario, LoadReport load, DocumentAudit? audit, double slowestDeployMs, double recoveryMs)
    {
        if (scenario.MayFail is { } failed)
        {
            yield return new("failed", load.Failed, failed);
        }

        if (audit is not null)
        {
            yield return new("lost", audit.Lost, 0);
            yield return new("duplicated", audit.Duplicated, 0);
        }

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
