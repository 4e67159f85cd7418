using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>Reads <c>birdc show protocols all</c> (BIRD 2).</summary>
internal static class BirdProtocols
{
    /// <summary>The BGP sessions of the output.</summary>
    public static IReadOnlyList<BgpSession> Parse(string text)
    {
        var sessions = new List<BgpSession>();
        BgpSession? current = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
            {
                Flush();
                var words = line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries);
                if (words.Length >= 4 && words[1] == "BGP")
                {
                    // Name Proto Table State Since [Info]: Since may be a time or a date and a time.
                    current = new BgpSession(words[0], null, words[3], line[(line.LastIndexOf(' ') + 1)..]);
                }
            }
            else if (current is not null && line.Trim() is var detail)
            {
                current = detail switch
                {
                    _ when After(detail, "BGP state:") is { } state => current with { State = state },
                    _ when After(detail, "Neighbor address:") is { } address => current with { Neighbour = ParseAddress(address) },
                    _ when After(detail, "Last error:") is { } error => current with { LastError = error },
                    _ => current,
                };
            }
        }

        Flush();
        return sessions;

        void Flush()
        {
            if (current is not null)
            {
                sessions.Add(current);
                current = null;
            }
        }
    }

    private static string? After(string line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) ? line[label.Length..].Trim() : null;

    /// <summary>A link-local address is followed by <c>%eth0</c>.</summary>
    private static IPAddress? ParseAddress(string text) => IPAddress.TryParse(text.Split('%')[0], out var address) ? address : null;
}
