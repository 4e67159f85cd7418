namespace AppStack.Operations.Drills;

/// <summary>What the caller of a drill may choose.</summary>
public sealed record DrillSettings
{
    /// <summary>Requests or rows per second. Null: what the scenario's limits are stated for.</summary>
    public double? Rate { get; init; }

    /// <summary>The node to do it to; <see langword="null"/> for the first of the scenario's role.</summary>
    public string? Node { get; init; }

    /// <summary>How long to watch before the fault and at the end. The default value is 2 s.</summary>
    public TimeSpan Baseline { get; init; } = TimeSpan.FromSeconds(2);
}
