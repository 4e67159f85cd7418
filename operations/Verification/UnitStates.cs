namespace AppStack.Operations.Verification;

/// <summary>Reads <c>systemctl show --property=Id,ActiveState,SubState,Result UNIT...</c>: blocks of KEY=VALUE with an empty line between.</summary>
internal static class UnitStates
{
    /// <summary>The state of each unit by its name without <c>.service</c>, as <c>active (running)</c>.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, values) in Properties(text))
        {
            var suffix = HasFailed(values) ? $", {values["Result"]}" : "";
            states[id.EndsWith(".service", StringComparison.Ordinal) ? id[..^8] : id] =
                $"{values.GetValueOrDefault("ActiveState")} ({values.GetValueOrDefault("SubState")}{suffix})";
        }

        return states;
    }

    /// <summary>The properties of each unit that has a name, in their order.</summary>
    public static IEnumerable<(string Id, IReadOnlyDictionary<string, string> Values)> Properties(string text)
    {
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var values = block.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            if (values.TryGetValue("Id", out var id))
            {
                yield return (id, values);
            }
        }
    }

    /// <summary>Whether the last run of a unit did not end well.</summary>
    public static bool HasFailed(IReadOnlyDictionary<string, string> values) => values.GetValueOrDefault("Result", "success") is not ("success" or "");
}
