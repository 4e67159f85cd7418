using System.Text.Json;
using AppStack.Operations.Load;

namespace AppStack.Operations.Drills;

/// <summary>Writes a drill's report as one JSON object for programs.</summary>
public static class DrillReportWriter
{
    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(DrillReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("scenario", report.Scenario);
            writer.WriteString("environment", report.Environment);
            writer.WriteString("node", report.Node);
            writer.WriteBoolean("passed", report.Passed);
            writer.WriteNumber("requests", report.Requests);
            writer.WriteNumber("failed", report.Failed);
            WriteMs(writer, "longestGapMs", report.LongestGapMs);
            WriteMs(writer, "recoveryMs", report.RecoveryMs);
            WriteSteps(writer, report.AllSteps);
            writer.WriteStartArray("parts");
            foreach (var part in report.Parts)
            {
                WritePart(writer, part);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("offAfterwards");
            foreach (var check in report.OffAfterwards)
            {
                writer.WriteStringValue($"{check.Node}: {check.Name}: {check.Detail}");
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WritePart(Utf8JsonWriter writer, DrillPartReport part)
    {
        writer.WriteStartObject();
        writer.WriteString("mode", part.Mode);
        writer.WriteBoolean("passed", part.Passed);
        writer.WriteNumber("requests", part.Load.Requests);
        writer.WriteNumber("failed", part.Load.Failed);
        WriteFailures(writer, part.Load);
        WriteMs(writer, "failureSpanMs", part.Load.FailureSpanMs);
        WriteMs(writer, "longestGapMs", part.Load.LongestGapMs);
        WriteMs(writer, "recoveryMs", part.RecoveryMs);
        WriteMs(writer, "p50Ms", part.Load.P50Ms);
        WriteMs(writer, "p99Ms", part.Load.P99Ms);
        WriteMs(writer, "slowestMs", part.Load.MaxMs);
        WriteMs(writer, "generatorCpuPercent", part.GeneratorCpuPercent);
        writer.WriteStartArray("figures");
        foreach (var figure in part.Figures)
        {
            writer.WriteStartObject();
            writer.WriteString("name", figure.Name);
            WriteMs(writer, "value", figure.Value);
            writer.WriteNumber("limit", figure.Limit);
            writer.WriteBoolean("ok", figure.Ok);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteSteps(writer, part.Steps);
        writer.WriteEndObject();
    }

    private static void WriteFailures(Utf8JsonWriter writer, LoadReport load)
    {
        writer.WriteStartObject("failures");
        foreach (var (reason, count) in load.Failures)
        {
            writer.WriteNumber(reason, count);
        }

        writer.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter writer, IEnumerable<DrillStepTime> steps)
    {
        writer.WriteStartArray("steps");
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            WriteMs(writer, "ms", step.Ms);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMs(Utf8JsonWriter writer, string name, double value) => writer.WriteNumber(name, Math.Round(value, 1));
}
