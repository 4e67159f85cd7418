namespace AppStack.Components.Services;

/// <summary>What each pod of a service needs. There is no limit of processor time: it only makes things slow that could be fast.</summary>
public sealed record ServiceResourcesSpec
{
    /// <summary>Processor time in thousandths of a core that a pod is sure to get. Default: 100.</summary>
    public int Cpu { get; init; } = 100;

    /// <summary>Memory in MiB: what it is sure to get, and all that it gets. Default: 128.</summary>
    public int Memory { get; init; } = 128;
}
