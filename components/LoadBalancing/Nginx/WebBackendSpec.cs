using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>A node with nginx that stands where a cluster's NodePorts will be.</summary>
public sealed record WebBackendSpec
{
    /// <summary>Name of the node; lower-case letters, digits and hyphens. Sent in the header <c>X-Backend</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Port for the load balancers.</summary>
    public required int Port { get; init; }

    /// <summary>Whether that port expects the PROXY protocol; must equal the switch of the pool. Default: true.</summary>
    public bool ProxyProtocol { get; init; } = true;

    /// <summary>Networks (CIDR) of the load balancers: who may reach <see cref="Port"/> and whose PROXY headers are believed.</summary>
    public required ImmutableArray<string> LoadBalancerNetworks { get; init; }

    /// <summary>A second port without PROXY protocol, to measure what the way through the load balancers costs; null: none. Default: null.</summary>
    public int? DirectPort { get; init; }

    /// <summary>Networks (CIDR) that may reach <see cref="DirectPort"/>. Default: none.</summary>
    public ImmutableArray<string> DirectNetworks { get; init; } = [];

    /// <summary>Worker processes; null: one per core. Default: null.</summary>
    public int? Workers { get; init; }

    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }
}
