namespace AppStack.Operations.Benchmarks;

/// <summary>A measured value.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit: <c>s</c>, <c>requests/s</c>, <c>ratio</c>.</param>
/// <param name="Target">What is expected on 2 cores with nothing else to do; <see langword="null"/> when nothing is.</param>
/// <param name="AtLeast">Whether more is better, so that the target is a lower bound.</param>
public sealed record BenchResult(string Name, double Value, string Unit, double? Target = null, bool AtLeast = false)
{
    /// <summary>Whether the target is reached; <see langword="null"/> when there is none.</summary>
    public bool? Reached => Target is { } target ? (AtLeast ? Value >= target : Value <= target) : null;
}
