namespace AppStack.Components.LoadBalancing.Bird;

/// <summary>One BGP session as BIRD needs it: one neighbour and one address family.</summary>
/// <param name="Name">Name of the protocol in BIRD.</param>
/// <param name="Family">4 or 6.</param>
/// <param name="Local">The node's address.</param>
/// <param name="Remote">The neighbour's address.</param>
/// <param name="RemoteAsn">The neighbour's autonomous system.</param>
public sealed record BirdSession(string Name, int Family, string Local, string Remote, long RemoteAsn)
{
    /// <summary>The sessions of a node: one per neighbour and address family that both ends have.</summary>
    /// <param name="ipv4">The node's IPv4 address.</param>
    /// <param name="ipv6">The node's IPv6 address; null: none.</param>
    /// <param name="neighbors">The neighbours.</param>
    /// <returns>The sessions, in the neighbours' order, IPv4 first.</returns>
    public static IEnumerable<BirdSession> Of(string ipv4, string? ipv6, IEnumerable<BgpNeighborSpec> neighbors)
    {
        foreach (var neighbor in neighbors)
        {
            var name = neighbor.Name.Replace('-', '_');
            yield return new($"{name}_v4", 4, ipv4, neighbor.Ipv4, neighbor.Asn);
            if (ipv6 is not null && neighbor.Ipv6 is not null)
            {
                yield return new($"{name}_v6", 6, ipv6, neighbor.Ipv6, neighbor.Asn);
            }
        }
    }
}
