using System.Net;
using System.Text.Json;

namespace AppStack.Operations.Verification;

/// <summary>Reads <c>ip -j route show DESTINATION</c> (iproute2 6.1).</summary>
internal static class KernelRoutes
{
    /// <summary>The gateways of the routes, each once, in the order of the output.</summary>
    /// <exception cref="JsonException">The text is not what iproute2 prints.</exception>
    public static IReadOnlyList<IPAddress> Gateways(string json)
    {
        using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(json) ? "[]" : json);
        return [.. document.RootElement.EnumerateArray().SelectMany(Hops).Select(Gateway).OfType<IPAddress>().Distinct()];
    }

    private static IEnumerable<JsonElement> Hops(JsonElement route) =>
        route.TryGetProperty("nexthops", out var hops) ? hops.EnumerateArray() : [route];

    private static IPAddress? Gateway(JsonElement hop)
    {
        // An IPv4 route over an IPv6 next hop has {"via":{"family":"inet6","host":"..."}} (RFC 8950).
        var text = hop.TryGetProperty("gateway", out var gateway) ? gateway.GetString()
            : hop.TryGetProperty("via", out var via) ? via.GetProperty("host").GetString()
            : null;
        return IPAddress.TryParse(text, out var address) ? address : null;
    }
}
