using System.Net;

namespace AppStack.Stacks.Environments;

/// <summary>A network of nodes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="V4">Its IPv4 prefix.</param>
/// <param name="V6">Its IPv6 prefix, if it has one.</param>
public sealed record NetworkSpec(string Name, IPNetwork V4, IPNetwork? V6)
{
    /// <summary>Whether the address lies in this network.</summary>
    public bool Contains(IPAddress address) => V4.Contains(address) || (V6?.Contains(address) ?? false);
}
