using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppStack.Components.Monitoring;

/// <summary>Values in YAML.</summary>
internal static class YamlText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text in double quotes, which YAML reads as JSON does.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    /// <summary>Texts in brackets.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";

    /// <summary>A duration as Prometheus writes them, in its largest whole unit.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        _ when time.Ticks % TimeSpan.TicksPerSecond != 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms"),
        _ when time.TotalSeconds % 60 != 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s"),
        _ when time.TotalMinutes % 60 != 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0}m"),
        _ when time.TotalHours % 24 != 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0}d"),
    };

    /// <summary>Lines, each with spaces before it.</summary>
    public static string Indented(string text, int spaces)
    {
        var result = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            result.Append(' ', spaces).Append(line.TrimEnd()).Append('\n');
        }

        return result.ToString();
    }
}
