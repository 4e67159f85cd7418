namespace AppStack.Components.LoadBalancing;

/// <summary>A TCP port of a VIP and the pool that serves it.</summary>
public sealed record ServiceSpec
{
    /// <summary>Name of the service; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the VIP.</summary>
    public required string Vip { get; init; }

    /// <summary>TCP port on the VIP.</summary>
    public required int Port { get; init; }

    /// <summary>Name of the pool.</summary>
    public required string Pool { get; init; }
}
