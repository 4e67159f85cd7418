namespace AppStack.Operations.Load;

/// <summary>What a writer saw from one moment to another.</summary>
/// <param name="Requests">Statements that ended in that time.</param>
/// <param name="Failures">Why statements failed, with how many of each.</param>
/// <param name="LongestGapMs">The longest time between two commits that were acknowledged one after the other, in milliseconds.</param>
/// <param name="RecoveryMs">From the fault to the end of the longest gap that began before the fault was taken back; 0 when there was none that anybody would notice.</param>
/// <param name="P50Ms">Half of the statements took at most this, in milliseconds.</param>
/// <param name="P99Ms">99 of 100 statements took at most this.</param>
/// <param name="SlowestMs">The slowest statement.</param>
public sealed record WriteReport(int Requests, IReadOnlyDictionary<string, int> Failures, double LongestGapMs, double RecoveryMs, double P50Ms, double P99Ms, double SlowestMs)
{
    /// <summary>A gap up to this is no interruption: at 200 rows a second it is forty rows, about what a busy machine makes of them.</summary>
    public const double NoticedMs = 200;

    /// <summary>Statements that failed.</summary>
    public int Failed => Failures.Values.Sum();

    /// <summary>Computes the report.</summary>
    /// <param name="samples">What became of each statement.</param>
    /// <param name="fromMicros">The fault, in microseconds of <see cref="MonotonicClock"/>.</param>
    /// <param name="toMicros">The end of what is looked at.</param>
    /// <param name="restoreMicros">When the fault began to be taken back, which is not what is recovered from; null: never.</param>
    public static WriteReport Of(IEnumerable<WriteSample> samples, long fromMicros, long toMicros, long? restoreMicros = null)
    {
        var ended = samples.Where(sample => sample.EndMicros >= fromMicros && sample.EndMicros <= toMicros).ToList();
        var acknowledged = ended.Where(sample => sample.Acknowledged).Select(sample => sample.EndMicros).Order().Prepend(fromMicros).Append(toMicros).ToList();

        // The last stretch counts only when it is an interruption that nothing has ended.
        var gaps = acknowledged.Zip(acknowledged.Skip(1), (left, right) => (Begin: left, Ms: (right - left) / 1000.0, End: right)).ToList();
        var interruption = gaps.Where(gap => gap.Begin <= (restoreMicros ?? toMicros)).MaxBy(gap => gap.Ms);
        var times = ended.Select(sample => sample.Ms).Order().ToList();
        return new WriteReport(
            ended.Count,
            ended.Where(sample => !sample.Acknowledged).CountBy(sample => sample.Failure!).ToDictionary(),
            gaps.Max(gap => gap.Ms),
            interruption.Ms > NoticedMs ? (interruption.End - fromMicros) / 1000.0 : 0,
            At(times, 0.5),
            At(times, 0.99),
            times.Count == 0 ? 0 : times[^1]);
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];
}
