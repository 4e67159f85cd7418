using System.Net;
using System.Net.Sockets;

namespace AppStack.Components.Nodes;

/// <summary>Reading of addresses and networks, shared by validators and renderers.</summary>
internal static class Cidr
{
    public static bool IsIpv4(string? text) => IPAddress.TryParse(text, out var a) && a.AddressFamily == AddressFamily.InterNetwork && a.ToString() == text;

    public static bool IsIpv6(string? text) => IPAddress.TryParse(text, out var a) && a.AddressFamily == AddressFamily.InterNetworkV6 && a.ScopeId == 0;

    public static bool IsAddress(string? text) => IsIpv4(text) || IsIpv6(text);

    /// <summary>Whether the text is a network whose host bits are zero.</summary>
    public static bool IsNetwork(string? text)
        => IPNetwork.TryParse(text, out var n) && text!.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            && IPAddress.TryParse(text.AsSpan(0, slash), out var a) && a.Equals(n.BaseAddress);

    public static bool IsIpv6Network(string text) => text.Contains(':', StringComparison.Ordinal);

    public static bool Contains(string network, string address)
        => IPNetwork.TryParse(network, out var n) && IPAddress.TryParse(address, out var a)
            && n.BaseAddress.AddressFamily == a.AddressFamily && n.Contains(a);

    /// <summary>An address as HAProxy and nginx want it before a port: IPv6 in brackets.</summary>
    public static string Bracketed(string address) => IsIpv6Network(address) ? $"[{address}]" : address;
}
