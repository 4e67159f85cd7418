using System.Text.Json;
using System.Text.RegularExpressions;

namespace AppStack.Lab.Tests.Databases;

/// <summary>The passwords and keys that a deployment made, from an export of its state with its secrets in clear.</summary>
internal sealed partial class GeneratedSecrets
{
    // No word, path or number of ours is as long.
    private const int ShortestSecret = 16;

    private const string PlainText = "plaintext";

    private GeneratedSecrets(Dictionary<string, string> all) => All = all;

    /// <summary>Each secret text with the name of the resource that made it. Of private keys each line is one.</summary>
    public IReadOnlyDictionary<string, string> All { get; }

    /// <summary>Reads an export.</summary>
    /// <param name="export">What <c>stack export --show-secrets</c> printed.</param>
    /// <returns>What is secret in it.</returns>
    public static GeneratedSecrets Of(JsonElement export)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        // The stack itself comes last: its outputs hand on what others made.
        foreach (var resource in export.GetProperty("deployment").GetProperty("resources").EnumerateArray().OrderBy(found => found.GetProperty("type").GetString() == "pulumi:pulumi:Stack"))
        {
            var name = resource.GetProperty("urn").GetString()!.Split("::")[^1];
            var generated = resource.GetProperty("type").GetString()!.StartsWith("random:", StringComparison.Ordinal);
            foreach (var text in resource.TryGetProperty("outputs", out var outputs) ? PlainTexts(outputs) : [])
            {
                foreach (var secret in Of(text, generated))
                {
                    all.TryAdd(secret, name);
                }
            }
        }

        return new(all);
    }

    /// <summary>The resources whose secrets a text holds.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Their names; empty when there is none.</returns>
    public IReadOnlyList<string> In(string text) => [.. All.Where(secret => text.Contains(secret.Key, StringComparison.Ordinal)).Select(secret => secret.Value).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(string text, bool generated)
    {
        // The first line of a key tells its kind and is the same in all of them.
        var lines = PrivateKey().Matches(text).SelectMany(key => key.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
        return lines.Concat(generated ? [text] : []).Where(secret => secret.Length >= ShortestSecret);
    }

    // Texts that are marked as secret, and texts within them: a marked value is JSON of its own.
    private static IEnumerable<string> PlainTexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty(PlainText, out var plain) => Texts(JsonDocument.Parse(plain.GetString()!).RootElement),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => PlainTexts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(PlainTexts),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----\n(?<lines>[^-]+)-----END", RegexOptions.ExplicitCapture)]
    private static partial Regex PrivateKey();
}
