using System.Net;

namespace AppStack.Stacks.Environments;

/// <summary>The addresses that a node, or the host of a lab, has in one network; at least one of the two.</summary>
/// <param name="Name">The name of the interface.</param>
/// <param name="Network">The network.</param>
/// <param name="V4">The IPv4 address.</param>
/// <param name="V6">The IPv6 address.</param>
public sealed record InterfaceSpec(string Name, NetworkSpec Network, IPAddress? V4, IPAddress? V6);
