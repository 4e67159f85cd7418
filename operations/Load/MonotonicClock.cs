using System.Diagnostics;

namespace AppStack.Operations.Load;

/// <summary>
/// The machine's monotonic clock in microseconds. On Linux it is <c>CLOCK_MONOTONIC</c>, the same for all processes and network
/// namespaces of a machine: times that the load generator writes and times of a drill's steps can be compared.
/// </summary>
public static class MonotonicClock
{
    /// <summary>Now, in microseconds since some moment before the machine started.</summary>
    public static long NowMicros => (long)(Stopwatch.GetTimestamp() * (1_000_000.0 / Stopwatch.Frequency));
}
