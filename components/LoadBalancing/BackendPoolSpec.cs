using System.Collections.Immutable;

namespace AppStack.Components.LoadBalancing;

/// <summary>Servers among which a service's connections are spread; the NodePort of a cluster, or plain web servers.</summary>
public sealed record BackendPoolSpec
{
    /// <summary>Name of the pool, referred to by services; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The TCP port of every member.</summary>
    public required int Port { get; init; }

    /// <summary>The members; at least one.</summary>
    public required ImmutableArray<BackendMemberSpec> Members { get; init; }

    /// <summary>
    /// Whether connections (and checks) start with the PROXY protocol, version 2, so that members learn the citizen's
    /// address. The members must expect it. Default: true.
    /// </summary>
    public bool ProxyProtocol { get; init; } = true;

    /// <summary>The check; a pool without one would keep sending citizens to dead servers, so null is refused. Default: HTTP GET /health.</summary>
    public BackendCheckSpec? Check { get; init; } = new();
}
