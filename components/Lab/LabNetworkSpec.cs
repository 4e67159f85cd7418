using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A network of the lab: a bridge that no other lab and nothing else of the host uses.</summary>
public sealed record LabNetworkSpec
{
    /// <summary>The name, unique in the lab.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The addresses that the host takes in the network, with prefix length. Empty (the default): the host is not
    /// connected and reaches the machines of this network through others only.
    /// </summary>
    public ImmutableArray<string> HostAddresses { get; init; } = [];

    /// <summary>The host's routes through this network, e.g. to the virtual addresses behind a router. None by default.</summary>
    public ImmutableArray<LabRouteSpec> Routes { get; init; } = [];
}
