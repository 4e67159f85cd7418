namespace AppStack.Operations.Load;

/// <summary>What became of one request.</summary>
/// <param name="StartMicros">When the request was due, in microseconds of <see cref="MonotonicClock"/>.</param>
/// <param name="LatencyMicros">From when it was due until the answer was complete, or until it had failed, in microseconds.</param>
/// <param name="Failure">
/// <see langword="null"/> for an answer with status 200; else why it failed: <c>timeout</c>, <c>refused</c>, <c>reset</c>,
/// <c>closed</c>, <c>unreachable</c>, <c>status-503</c> ...
/// </param>
public readonly record struct RequestSample(long StartMicros, long LatencyMicros, string? Failure = null)
{
    /// <summary>Whether the request was answered.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>When the answer was complete, or the request had failed, in microseconds of <see cref="MonotonicClock"/>.</summary>
    public long EndMicros => StartMicros + LatencyMicros;
}
