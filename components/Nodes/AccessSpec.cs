using System.Collections.Immutable;

namespace AppStack.Components.Nodes;

/// <summary>Who may reach a node besides the peers of its role. Everything else is dropped by the node's firewall.</summary>
public sealed record AccessSpec
{
    /// <summary>The port on which a node shows its metrics (<see cref="Monitoring.NodeMetrics"/>): TLS, for readers with a certificate.</summary>
    public const int MetricsPort = 9998;

    /// <summary>Networks (CIDR, IPv4 or IPv6) that may use SSH. At least one: without it the next deployment could not log in.</summary>
    public required ImmutableArray<string> ManagementNetworks { get; init; }

    /// <summary>Networks (CIDR) that may look at status pages in clear: HAProxy's statistics, a pooler's health. Default: none.</summary>
    public ImmutableArray<string> MonitoringNetworks { get; init; } = [];

    /// <summary>Addresses and networks that may connect to <see cref="MetricsPort"/>. Default: none, the port is shut.</summary>
    public ImmutableArray<string> MetricsSources { get; init; } = [];
}
