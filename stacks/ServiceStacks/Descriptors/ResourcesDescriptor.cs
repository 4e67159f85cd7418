using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>What each pod needs.</summary>
public sealed record ResourcesDescriptor
{
    /// <summary>Processor time.</summary>
    [Key("Processor time in thousandths of a core that a pod is sure to get; there is no limit of it.", Default = "100", Minimum = 10, Maximum = 64_000)]
    public int? Cpu { get; init; }

    /// <summary>Memory.</summary>
    [Key("Memory in MiB that a pod is sure to get, and all that it gets.", Default = "128", Minimum = 16, Maximum = 1_048_576)]
    public int? Memory { get; init; }
}
