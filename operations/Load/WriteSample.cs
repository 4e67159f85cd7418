namespace AppStack.Operations.Load;

/// <summary>What became of one insert.</summary>
/// <param name="Id">The row's id; never used again.</param>
/// <param name="StartMicros">When the statement was sent, in microseconds of <see cref="MonotonicClock"/>.</param>
/// <param name="EndMicros">When it was acknowledged or had failed.</param>
/// <param name="Failure">Why it failed; null: its commit was acknowledged.</param>
public sealed record WriteSample(long Id, long StartMicros, long EndMicros, string? Failure)
{
    /// <summary>Whether the commit was acknowledged.</summary>
    public bool Acknowledged => Failure is null;

    /// <summary>The statement's time in milliseconds.</summary>
    public double Ms => (EndMicros - StartMicros) / 1000.0;
}
