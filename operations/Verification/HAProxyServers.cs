namespace AppStack.Operations.Verification;

/// <summary>Reads <c>show stat</c> of HAProxy's runtime API: CSV whose first line names the columns.</summary>
internal static class HAProxyServers
{
    /// <summary>The servers of all backends as <c>(backend/server, status)</c>, without the sums that HAProxy adds.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = Array.FindIndex(lines, line => line.StartsWith("# pxname,", StringComparison.Ordinal));
        if (header < 0)
        {
            return [];
        }

        var status = Array.IndexOf(lines[header].Split(','), "status");
        return
        [
            .. lines.Skip(header + 1).Select(line => line.Split(','))
                .Where(fields => fields.Length > status && fields[1] is not ("FRONTEND" or "BACKEND"))
                .Select(fields => KeyValuePair.Create($"{fields[0]}/{fields[1]}", fields[status])),
        ];
    }
}
