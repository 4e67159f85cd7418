using System.Globalization;

namespace AppStack.Operations.Status;

/// <summary>The words that the terminal and the page have in common.</summary>
internal static class StatusWords
{
    /// <summary>A state in a word.</summary>
    public static string Of(StatusState state) => state switch
    {
        StatusState.Ok => "ok",
        StatusState.Warning => "warning",
        StatusState.Off => "off",
        _ => "unknown",
    };

    /// <summary>How everything is, in a sentence.</summary>
    public static string Verdict(StatusMap map) => map.State switch
    {
        StatusState.Ok => "Everything is as it should be",
        StatusState.Unknown => "Nothing is known to be wrong, but not everything was looked at",
        _ => string.Join(", ", new[] { Count(map, StatusState.Off, "off"), Count(map, StatusState.Warning, "to be looked at") }.Where(text => text.Length > 0)),
    };

    /// <summary>When it was looked at, and at how much.</summary>
    public static string Seen(StatusMap map) => string.Create(
        CultureInfo.InvariantCulture,
        $"{map.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {map.Checks - map.ChecksOff} of {map.Checks} checks as they should be, {(map.Alerts is { } alerts ? $"{Number(alerts, "alert")} raised" : "no monitoring")}; looked at in {map.Ms:0} ms");

    private static string Count(StatusMap map, StatusState state, string word)
    {
        var count = map.Problems.Select(found => (found.Where, found.Problem)).GroupBy(found => found.Where, StringComparer.Ordinal).Count(found => found.Max(one => one.Problem.State) == state);
        return count switch { 0 => "", 1 => $"1 part is {word}", _ => $"{count} parts are {word}" };
    }

    private static string Number(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
