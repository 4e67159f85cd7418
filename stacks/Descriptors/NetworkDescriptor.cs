using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A network of nodes.</summary>
public sealed record NetworkDescriptor
{
    /// <summary>The network's name.</summary>
    [Key("The network's name.", Required = true, Format = TextFormat.Name, Example = "rack")]
    public string? Name { get; init; }

    /// <summary>Its IPv4 prefix.</summary>
    [Key("Its IPv4 prefix.", Required = true, Example = "10.87.0.0/24")]
    public IPNetwork? V4 { get; init; }

    /// <summary>Its IPv6 prefix.</summary>
    [Key("Its IPv6 prefix.", Example = "fd8a:51c0:87::/64")]
    public IPNetwork? V6 { get; init; }
}
