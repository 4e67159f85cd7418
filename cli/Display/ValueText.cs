using System.Globalization;
using AppStack.Engine.Model.Values;

namespace AppStack.Cli.Display;

/// <summary>Single values as people read them. A secret never shows.</summary>
internal static class ValueText
{
    /// <summary>What stands for a secret.</summary>
    public const string Secret = "[secret]";

    /// <summary>What stands for a value that is known only later.</summary>
    public const string Unknown = "[unknown]";

    // Longer texts on one line are cut: nobody compares a thousand characters by eye.
    private const int LongestText = 200;

    /// <summary>The value on one line; <see langword="null"/> for objects, lists and texts of several lines.</summary>
    public static string? OneLine(PropertyValue value) => value switch
    {
        PropertyValue.Secret => Secret,
        PropertyValue.Unknown => Unknown,
        PropertyValue.Null => "<null>",
        PropertyValue.Bool truth => truth.Value ? "true" : "false",
        PropertyValue.Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        PropertyValue.Text text => text.Value.Contains('\n', StringComparison.Ordinal) ? null : Quote(text.Value),
        PropertyValue.Asset asset => $"asset({asset.Path ?? asset.Uri ?? "text"}, {Short(asset.Hash)})",
        PropertyValue.Archive archive => $"archive({archive.Path ?? archive.Uri ?? "assets"}, {Short(archive.Hash)})",
        PropertyValue.Reference reference => $"<{UrnText.Name(reference.Urn)}>",
        PropertyValue.Map { Members.Count: 0 } => "{}",
        PropertyValue.List { Items.IsEmpty: true } => "[]",
        _ => null,
    };

    private static string Quote(string text) =>
        text.Length <= LongestText ? $"\"{text}\"" : $"\"{text[..LongestText]}...\" ({text.Length} characters)";

    private static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
}
