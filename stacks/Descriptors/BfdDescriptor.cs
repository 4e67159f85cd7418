namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Fast detection of dead neighbours.</summary>
public sealed record BfdDescriptor
{
    /// <summary>Time between two probes.</summary>
    [Key("Time between two probes, in both directions.", Default = "100ms", Example = "100ms")]
    public TimeSpan? Interval { get; init; }

    /// <summary>Probes that may be lost.</summary>
    [Key("Probes in a row that may be lost before the neighbour is dead.", Default = "3", Minimum = 2, Maximum = 50)]
    public int? Multiplier { get; init; }
}
