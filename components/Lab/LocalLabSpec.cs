using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A lab on this host: networks and machines. Labs with different names and subnets live side by side.</summary>
public sealed record LocalLabSpec
{
    /// <summary>The lab's name. Everything that it puts on the host carries it.</summary>
    public required string Name { get; init; }

    /// <summary>The networks.</summary>
    public required ImmutableArray<LabNetworkSpec> Networks { get; init; }

    /// <summary>The machines.</summary>
    public required ImmutableArray<LabMachineSpec> Machines { get; init; }
}
