using System.Text;
using System.Text.Json;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills;

/// <summary>What the reports of all drills have in common in JSON.</summary>
internal static class DrillJson
{
    /// <summary>An object as indented text.</summary>
    public static string Object(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A value in milliseconds, to a tenth; <c>null</c> when it is not known, or endless, which JSON has no number for.</summary>
    public static void Ms(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } ms && double.IsFinite(ms))
        {
            writer.WriteNumber(name, Math.Round(ms, 1));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>A number of things; <c>null</c> when it is not known.</summary>
    public static void Count(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } count)
        {
            writer.WriteNumber(name, count);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Whether the drill has passed and, when something ended it early, what.</summary>
    public static void Verdict(Utf8JsonWriter writer, bool passed, string? error)
    {
        writer.WriteBoolean("passed", passed);
        if (error is not null)
        {
            writer.WriteString("error", error);
        }
    }

    /// <summary>Texts, one after the other.</summary>
    public static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>The steps with their times.</summary>
    public static void Steps(Utf8JsonWriter writer, IEnumerable<DrillStepTime> steps)
    {
        writer.WriteStartArray("steps");
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            Ms(writer, "ms", step.Ms);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Why something failed, with how often.</summary>
    public static void Failures(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, int>> failures)
    {
        writer.WriteStartObject("failures");
        foreach (var (reason, count) in failures)
        {
            writer.WriteNumber(reason, count);
        }

        writer.WriteEndObject();
    }

    /// <summary>The limited values.</summary>
    public static void Figures(Utf8JsonWriter writer, IEnumerable<DrillFigure> figures)
    {
        writer.WriteStartArray("figures");
        foreach (var figure in figures)
        {
            writer.WriteStartObject();
            writer.WriteString("name", figure.Name);
            Ms(writer, "value", figure.Value);
            writer.WriteNumber("limit", figure.Limit);
            writer.WriteBoolean("ok", figure.Ok);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>What was off when the drill was over.</summary>
    public static void Off(Utf8JsonWriter writer, IEnumerable<VerifyCheck> checks) => Texts(writer, "offAfterwards", checks.Select(check => check.Line));
}
