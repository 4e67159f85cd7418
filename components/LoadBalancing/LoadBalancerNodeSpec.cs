namespace AppStack.Components.LoadBalancing;

/// <summary>One machine of a load-balancer group.</summary>
public sealed record LoadBalancerNodeSpec
{
    /// <summary>Name of the node; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>IPv4 address on the link to the router; also the BGP router id.</summary>
    public required string Ipv4 { get; init; }

    /// <summary>IPv6 address on the same link; needed when a VIP has an IPv6 address. Default: null.</summary>
    public string? Ipv6 { get; init; }

    /// <summary>Network interface on that link. Default: <c>eth0</c>.</summary>
    public string Interface { get; init; } = "eth0";

    /// <summary>Address at which the metrics endpoint listens; null: <see cref="Ipv4"/>. Default: null.</summary>
    public string? ManagementAddress { get; init; }
}
