namespace AppStack.Components.LoadBalancing;

/// <summary>The other end of a BGP session. One session per address family.</summary>
public sealed record BgpNeighborSpec
{
    /// <summary>Name of the neighbour; lower-case letters, digits and hyphens. Names the sessions in BIRD.</summary>
    public required string Name { get; init; }

    /// <summary>Autonomous system number, 1 to 4294967294; 64512-65534 and 4200000000-4294967294 are for private use.</summary>
    public required long Asn { get; init; }

    /// <summary>IPv4 address on the shared link.</summary>
    public required string Ipv4 { get; init; }

    /// <summary>IPv6 address on the shared link; null: no IPv6 session. Default: null.</summary>
    public string? Ipv6 { get; init; }
}
