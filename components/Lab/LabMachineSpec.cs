using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A machine of the lab.</summary>
public sealed record LabMachineSpec
{
    /// <summary>The name, unique in the lab; also the machine's host name.</summary>
    public required string Name { get; init; }

    /// <summary>What is on its disk at first. A change makes the machine anew, with a fresh disk.</summary>
    public required LabImageSpec Image { get; init; }

    /// <summary>Its interfaces <c>eth0</c>, <c>eth1</c>, ... in this order; at least one, at most eight.</summary>
    public required ImmutableArray<LabInterfaceSpec> Interfaces { get; init; }

    /// <summary>Its static routes. None by default. Routing daemons add theirs.</summary>
    public ImmutableArray<LabRouteSpec> Routes { get; init; } = [];
}
