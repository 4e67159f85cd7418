namespace AppStack.Operations.Load;

/// <summary>What a run of load showed: counts, the longest gap without an answer, latencies.</summary>
public sealed record LoadReport
{
    /// <summary>Requests that were sent.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests that were not answered with status 200 in time.</summary>
    public required int Failed { get; init; }

    /// <summary>Failed requests by reason, most frequent first.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Failures { get; init; }

    /// <summary>When the first failed request was due, in microseconds of <see cref="MonotonicClock"/>.</summary>
    public long? FirstFailureMicros { get; init; }

    /// <summary>When the last failed request was due, in microseconds of <see cref="MonotonicClock"/>.</summary>
    public long? LastFailureMicros { get; init; }

    /// <summary>The longest time in which no request was answered, in milliseconds; counted from the first request's start and to the last one's end.</summary>
    public required double LongestGapMs { get; init; }

    /// <summary>Half of the answered requests took at most this long, in milliseconds.</summary>
    public required double P50Ms { get; init; }

    /// <summary>99 of 100 answered requests took at most this long, in milliseconds.</summary>
    public required double P99Ms { get; init; }

    /// <summary>The slowest answered request, in milliseconds.</summary>
    public required double MaxMs { get; init; }

    /// <summary>From the first to the last failed request, in milliseconds; 0 when at most one failed.</summary>
    public double FailureSpanMs => FirstFailureMicros is { } first && LastFailureMicros is { } last ? (last - first) / 1000.0 : 0;

    /// <summary>Computes the report of samples in any order.</summary>
    public static LoadReport From(IReadOnlyCollection<RequestSample> samples)
    {
        var failed = samples.Where(sample => !sample.Succeeded).ToList();
        var latencies = samples.Where(sample => sample.Succeeded).Select(sample => sample.LatencyMicros).Order().ToArray();
        return new LoadReport
        {
            Requests = samples.Count,
            Failed = failed.Count,
            Failures = [.. failed.GroupBy(sample => sample.Failure!, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Count()))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
            FirstFailureMicros = failed.Count == 0 ? null : failed.Min(sample => sample.StartMicros),
            LastFailureMicros = failed.Count == 0 ? null : failed.Max(sample => sample.StartMicros),
            LongestGapMs = LongestGapMicros(samples) / 1000.0,
            P50Ms = Percentile(latencies, 0.50),
            P99Ms = Percentile(latencies, 0.99),
            MaxMs = Percentile(latencies, 1),
        };
    }

    private static long LongestGapMicros(IReadOnlyCollection<RequestSample> samples)
    {
        if (samples.Count == 0)
        {
            return 0;
        }

        var previous = samples.Min(sample => sample.StartMicros);
        var longest = 0L;
        foreach (var end in samples.Where(sample => sample.Succeeded).Select(sample => sample.EndMicros).Order())
        {
            longest = Math.Max(longest, end - previous);
            previous = end;
        }

        return Math.Max(longest, samples.Max(sample => sample.EndMicros) - previous);
    }

    /// <summary>The nearest-rank percentile in milliseconds; 0 of nothing.</summary>
    private static double Percentile(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] / 1000.0;
}
