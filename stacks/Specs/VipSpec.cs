using System.Net;

namespace AppStack.Stacks.Environments;

/// <summary>A virtual address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="V4">The IPv4 address, announced as a /32.</param>
/// <param name="V6">The IPv6 address, announced as a /128.</param>
public sealed record VipSpec(string Name, IPAddress V4, IPAddress? V6);
