namespace AppStack.Operations;

/// <summary>Reads OpenSSH's known_hosts, as far as a lab writes it: names, separated by commas, and a key per line.</summary>
internal static class KnownHosts
{
    /// <summary>The keys of each name in a file; none when there is no such file.</summary>
    public static ILookup<string, string> ReadFile(string path) => Parse(File.Exists(path) ? File.ReadAllText(path) : "");

    /// <summary>The keys of each name.</summary>
    public static ILookup<string, string> Parse(string text) => text.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] is not '#' and not '@' and not '|')
        .Select(line => line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries))
        .Where(parts => parts.Length == 2)
        .SelectMany(parts => parts[0].Split(',').Select(name => KeyValuePair.Create(name, parts[1])))
        .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
