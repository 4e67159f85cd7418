using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.LoadBalancing;

/// <summary>Firewall rules of a BGP speaker.</summary>
internal static class BgpFirewall
{
    private const int BgpPort = 179;

    // Single-hop BFD, RFC 5881.
    private const int BfdPort = 3784;

    public static IEnumerable<FirewallRule> Rules(IEnumerable<BgpNeighborSpec> neighbors, BfdSpec bfd)
    {
        var sources = neighbors.SelectMany(n => n.Ipv6 is null ? [n.Ipv4] : new[] { n.Ipv4, n.Ipv6 }).ToList();
        yield return new() { Purpose = "bgp", Protocol = "tcp", Ports = [BgpPort], Sources = [.. sources] };
        if (bfd.Enabled)
        {
            yield return new() { Purpose = "bfd", Protocol = "udp", Ports = [BfdPort], Sources = [.. sources], Untracked = true };
        }
    }
}
