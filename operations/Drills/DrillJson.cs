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

    /// <summary>A value in milliseconds, to a tenth.</summary>
    public static void Ms(Utf8JsonWriter writer, string name, double value) => writer.WriteNumber(name, Math.Round(value, 1));

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
    public static void Off(Utf8JsonWriter writer, IEnumerable<VerifyCheck> checks)
    {
        writer.WriteStartArray("offAfterwards");
        foreach (var check in checks)
        {
            writer.WriteStringValue(check.Line);
        }

        writer.WriteEndArray();
    }
}
