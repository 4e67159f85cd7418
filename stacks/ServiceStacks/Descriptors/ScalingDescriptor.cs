using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>How a service grows with its load.</summary>
public sealed record ScalingDescriptor
{
    /// <summary>The fewest pods.</summary>
    [Key("The fewest pods.", Default = "2", Minimum = 2, Maximum = 1000)]
    public int? Least { get; init; }

    /// <summary>The most pods.</summary>
    [Key("The most pods.", Required = true, Minimum = 2, Maximum = 1000, Example = "10")]
    public int? Most { get; init; }

    /// <summary>Processor time.</summary>
    [Key("Processor time that pods should use, in percent of what they ask for.", Default = "70", Minimum = 10, Maximum = 95)]
    public int? Cpu { get; init; }
}
