namespace AppStack.Components.LoadBalancing;

/// <summary>One server of a pool.</summary>
public sealed record BackendMemberSpec
{
    /// <summary>Name of the server, unique within the pool; usually the node's.</summary>
    public required string Name { get; init; }

    /// <summary>IPv4 or IPv6 address.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// Whether the server's own listener expects the PROXY protocol; null: not known here. When known it must equal the
    /// pool's switch, because a server that expects the header refuses connections without it, and the other way round.
    /// Default: null.
    /// </summary>
    public bool? ExpectsProxyProtocol { get; init; }
}
