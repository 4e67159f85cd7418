using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>Another node as its neighbours know it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="V4">Its IPv4 address, if it has one.</param>
/// <param name="V6">Its IPv6 address, if it has one.</param>
public sealed record NeighbourExpectation(string Name, IPAddress? V4, IPAddress? V6)
{
    /// <summary>Whether this is one of its addresses.</summary>
    public bool Has(IPAddress address) => address.Equals(V4) || address.Equals(V6);
}
