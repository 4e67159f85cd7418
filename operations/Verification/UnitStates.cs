namespace AppStack.Operations.Verification;

/// <summary>Reads <c>systemctl show --property=Id,ActiveState,SubState,Result UNIT...</c>: blocks of KEY=VALUE with an empty line between.</summary>
internal static class UnitStates
{
    /// <summary>The state of each unit by its name without <c>.service</c>, as <c>active (running)</c>.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var values = block.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            if (values.TryGetValue("Id", out var id))
            {
                var result = values.GetValueOrDefault("Result", "success");
                var suffix = result is "success" or "" ? "" : $", {result}";
                states[id.EndsWith(".service", StringComparison.Ordinal) ? id[..^8] : id] =
                    $"{values.GetValueOrDefault("ActiveState")} ({values.GetValueOrDefault("SubState")}{suffix})";
            }
        }

        return states;
    }
}
