using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>Reads the lines that the client's curl prints per request: status, seconds, the load balancer's address, the backend's name.</summary>
internal static class ClientAnswers
{
    /// <summary>The answers, in the order of the requests.</summary>
    public static IReadOnlyList<ClientAnswer> Parse(string text) =>
    [
        .. text.Split('\n')
            .Select(line => line.Split('|'))
            .Where(fields => fields.Length == 4 && int.TryParse(fields[0], out _))
            .Select(fields => new ClientAnswer(
                int.Parse(fields[0]),
                double.TryParse(fields[1], out var seconds) ? seconds * 1000 : 0,
                IPAddress.TryParse(fields[2], out var address) ? Unmapped(address) : null,
                fields[3].Length == 0 ? null : fields[3])),
    ];

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
