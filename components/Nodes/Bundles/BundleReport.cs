using System.Text.Json;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>Reads what the script reports that applies a bundle.</summary>
internal static class BundleReport
{
    /// <summary>What a node found wrong, but not so wrong that it refused the bundle.</summary>
    /// <param name="report">The script's standard output; null or anything else than a report has no warnings.</param>
    /// <returns>The warnings.</returns>
    public static IReadOnlyList<string> Warnings(string? report)
    {
        try
        {
            using var document = JsonDocument.Parse(report ?? "{}");
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("warnings", out var warnings)
                ? [.. warnings.EnumerateArray().Select(warning => warning.GetString() ?? "")]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
