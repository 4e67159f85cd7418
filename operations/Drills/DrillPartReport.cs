using AppStack.Operations.Load;

namespace AppStack.Operations.Drills;

/// <summary>What one run of a scenario's steps under one kind of load showed.</summary>
public sealed record DrillPartReport
{
    /// <summary>
    /// A request that took longer was disturbed, though answered: Linux waits at least 200 ms before it repeats a lost segment
    /// (TCP_RTO_MIN) and 1 s before it repeats a SYN, and an undisturbed request takes a few milliseconds.
    /// </summary>
    public const double DisturbedMs = 200;

    /// <summary>The kind of load, for people: <c>new connections</c>, <c>50 keep-alive connections</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>What the load generator saw.</summary>
    public required LoadReport Load { get; init; }

    /// <summary>
    /// From the fault until the last request was sent that it disturbed, in milliseconds: whoever came later was served as if nothing
    /// had happened. 0 when nobody was disturbed. Ends with the restoring at the latest, which is not what is recovered from.
    /// </summary>
    public required double RecoveryMs { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<DrillStepTime> Steps { get; init; }

    /// <summary>The limited values.</summary>
    public required IReadOnlyList<DrillFigure> Figures { get; init; }

    /// <summary>The load generator's own processor time, in percent of one core: it must not be what disturbs.</summary>
    public double GeneratorCpuPercent { get; init; }

    /// <summary>Whether all its steps were done.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Whether every step was done, every value is within its limit, and there was load at all.</summary>
    public bool Passed => Complete && Load.Requests > 0 && Figures.All(figure => figure.Ok);

    /// <summary>Computes the report.</summary>
    /// <param name="mode">The kind of load.</param>
    /// <param name="samples">What became of each request.</param>
    /// <param name="faultMicros">When the fault was caused, in microseconds of <see cref="MonotonicClock"/>.</param>
    /// <param name="restoreMicros">When it began to be taken back.</param>
    /// <param name="limits">What the scenario may cost.</param>
    /// <param name="steps">The steps' times.</param>
    public static DrillPartReport From(
        string mode,
        IReadOnlyCollection<RequestSample> samples,
        long faultMicros,
        long restoreMicros,
        DrillLimits limits,
        IReadOnlyList<DrillStepTime> steps)
    {
        var load = LoadReport.From(samples);
        return new DrillPartReport
        {
            Mode = mode,
            Load = load,
            RecoveryMs = RecoveryMicros(samples, faultMicros, restoreMicros) / 1000.0,
            Steps = steps,
            Figures = [.. Judge(load, limits)],
        };
    }

    private static long RecoveryMicros(IReadOnlyCollection<RequestSample> samples, long faultMicros, long restoreMicros)
    {
        var disturbed = samples
            .Where(sample => sample.EndMicros >= faultMicros && sample.StartMicros < restoreMicros && (!sample.Succeeded || sample.LatencyMicros > DisturbedMs * 1000))
            .Select(sample => sample.StartMicros)
            .ToList();
        return disturbed.Count == 0 ? 0 : Math.Max(0, disturbed.Max() - faultMicros);
    }

    private static IEnumerable<DrillFigure> Judge(LoadReport load, DrillLimits limits)
    {
        yield return new DrillFigure("failed", load.Failed, limits.Failed);
        if (limits.LongestGapMs is { } gap)
        {
            yield return new DrillFigure("longestGapMs", load.LongestGapMs, gap);
        }

        if (limits.SlowestMs is { } slowest)
        {
            yield return new DrillFigure("slowestMs", load.MaxMs, slowest);
        }

        if (limits.FailureSpanMs is { } span)
        {
            yield return new DrillFigure("failureSpanMs", load.FailureSpanMs, span);
        }
    }
}
