using System.Collections.Immutable;
using System.Text.Json;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>
/// Compares a node with the manifests that its bundles left: files, modes, owners, kernel settings, packages, units.
/// Run <see cref="Command"/> on the node with <see cref="Script"/> on standard input: one round trip, nothing is changed.
/// </summary>
public static class DriftCheck
{
    /// <summary>The command to run on the node, as root.</summary>
    public const string Command = "exec perl -";

    /// <summary>The script for the command's standard input.</summary>
    public static string Script => NodeScripts.Drift;

    /// <summary>Reads what the script printed.</summary>
    /// <param name="output">The command's standard output.</param>
    /// <returns>The report.</returns>
    /// <exception cref="FormatException">The output is not the script's.</exception>
    public static DriftReport Parse(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            using var json = JsonDocument.Parse(output);
            var root = json.RootElement;
            return new(
                [.. root.GetProperty("roles").EnumerateArray().Select(r => r.ToString())],
                [.. root.GetProperty("deviations").EnumerateArray().Select(d => new Deviation(Text(d, "role"), Text(d, "kind"), Text(d, "name"), Text(d, "expected"), Text(d, "actual")))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The drift check answered something else than its report: {output.Trim()}", e);
        }

        static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();
    }
}
