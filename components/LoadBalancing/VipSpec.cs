namespace AppStack.Components.LoadBalancing;

/// <summary>A virtual address that every healthy load balancer of a group announces.</summary>
public sealed record VipSpec
{
    /// <summary>Name of the VIP, referred to by services; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The IPv4 address, announced as a /32.</summary>
    public required string Ipv4 { get; init; }

    /// <summary>The IPv6 address, announced as a /128; null: IPv4 only. Default: null.</summary>
    public string? Ipv6 { get; init; }
}
