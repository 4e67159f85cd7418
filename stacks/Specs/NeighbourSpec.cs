using System.Net;

namespace AppStack.Stacks.Environments;

/// <summary>A router that load balancers speak BGP to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Asn">Its autonomous system.</param>
/// <param name="Site">The site whose load balancers speak to it; <see langword="null"/> for all.</param>
/// <param name="V4">Its IPv4 address in the load balancers' network.</param>
/// <param name="V6">Its IPv6 address there.</param>
/// <param name="Node">The node that it is; <see langword="null"/> when it is somebody else's.</param>
public sealed record NeighbourSpec(string Name, long Asn, string? Site, IPAddress? V4, IPAddress? V6, NodeSpec? Node);
