namespace AppStack.Components.Services;

/// <summary>How a service grows with its load. Needs the cluster's metrics API.</summary>
public sealed record ServiceScalingSpec
{
    /// <summary>The fewest pods. Default: 2.</summary>
    public int Least { get; init; } = 2;

    /// <summary>The most pods.</summary>
    public required int Most { get; init; }

    /// <summary>Processor time that pods should use, in percent of what they ask for. Default: 70, which leaves room until a new pod is there.</summary>
    public int Cpu { get; init; } = 70;
}
