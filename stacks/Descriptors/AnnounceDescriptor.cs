using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The prefixes out of which virtual addresses are announced.</summary>
public sealed record AnnounceDescriptor
{
    /// <summary>The IPv4 prefix.</summary>
    [Key("The IPv4 prefix.", Required = true, Example = "10.87.100.0/24")]
    public IPNetwork? V4 { get; init; }

    /// <summary>The IPv6 prefix.</summary>
    [Key("The IPv6 prefix.", Example = "fd8a:51c0:87:100::/64")]
    public IPNetwork? V6 { get; init; }
}
