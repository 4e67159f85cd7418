using System.Collections.Immutable;

namespace AppStack.Components.Services;

/// <summary>Somewhere a service may connect to.</summary>
public sealed record ServiceEgressSpec
{
    /// <summary>The network (CIDR); a single address has the length 32.</summary>
    public required string To { get; init; }

    /// <summary>TCP ports there.</summary>
    public required ImmutableArray<int> Ports { get; init; }
}
