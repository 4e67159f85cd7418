using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>Reads <c>birdc show bfd sessions</c> (BIRD 2).</summary>
internal static class BfdSessions
{
    /// <summary>The state of each session by the other end's address.</summary>
    public static IReadOnlyDictionary<IPAddress, string> Parse(string text)
    {
        var sessions = new Dictionary<IPAddress, string>();
        foreach (var line in text.Split('\n'))
        {
            // IP address, Interface, State, Since, Interval, Timeout
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 3 && IPAddress.TryParse(words[0].Split('%')[0], out var address))
            {
                sessions[address] = words[2];
            }
        }

        return sessions;
    }
}
