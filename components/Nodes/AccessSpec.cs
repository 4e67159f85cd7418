using System.Collections.Immutable;

namespace AppStack.Components.Nodes;

/// <summary>Who may reach a node besides the peers of its role. Everything else is dropped by the node's firewall.</summary>
public sealed record AccessSpec
{
    /// <summary>Networks (CIDR, IPv4 or IPv6) that may use SSH. At least one: without it the next deployment could not log in.</summary>
    public required ImmutableArray<string> ManagementNetworks { get; init; }

    /// <summary>Networks (CIDR) that may scrape metrics. Default: none.</summary>
    public ImmutableArray<string> MonitoringNetworks { get; init; } = [];
}
