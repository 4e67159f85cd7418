using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A virtual address.</summary>
public sealed record VipDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name.", Required = true, Format = TextFormat.Name, Example = "public")]
    public string? Name { get; init; }

    /// <summary>The IPv4 address, announced as a /32.</summary>
    [Key("The IPv4 address, announced as a /32.", Required = true, Example = "10.87.100.1")]
    public IPAddress? V4 { get; init; }

    /// <summary>The IPv6 address, announced as a /128.</summary>
    [Key("The IPv6 address, announced as a /128.", Example = "fd8a:51c0:87:100::1")]
    public IPAddress? V6 { get; init; }
}
