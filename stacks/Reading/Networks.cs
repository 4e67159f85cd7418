using System.Net;
using System.Net.Sockets;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>Arithmetic on networks.</summary>
public static class Networks
{
    /// <summary>The network of the given length in which an address lies.</summary>
    public static IPNetwork Containing(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    /// <summary>Whether two networks share an address.</summary>
    public static bool Overlap(IPNetwork left, IPNetwork right) =>
        left.BaseAddress.AddressFamily == right.BaseAddress.AddressFamily && (left.Contains(right.BaseAddress) || right.Contains(left.BaseAddress));

    /// <summary>Whether every address of one network lies in the other.</summary>
    public static bool Contains(this IPNetwork outer, IPNetwork inner) =>
        outer.BaseAddress.AddressFamily == inner.BaseAddress.AddressFamily && outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    /// <summary>Whether this is an IPv4 address.</summary>
    public static bool IsV4(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>Whether this is an IPv4 network.</summary>
    public static bool IsV4(this IPNetwork network) => network.BaseAddress.IsV4();
}
