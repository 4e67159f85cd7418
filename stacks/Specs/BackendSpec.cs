using System.Collections.Immutable;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A group of servers that serve connections.</summary>
public sealed record BackendSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The servers.</summary>
    public required ImmutableArray<NodeSpec> Servers { get; init; }

    /// <summary>The TCP port of the servers.</summary>
    public required int Port { get; init; }

    /// <summary>A port of backend nodes that client nodes reach without the edge, for measurements.</summary>
    public int? DirectPort { get; init; }

    /// <summary>Whether servers are told the client's address.</summary>
    public required ProxyProtocol ProxyProtocol { get; init; }

    /// <summary>How a server's health is found out.</summary>
    public required HealthCheckSpec Check { get; init; }
}
