using System.Text.Json;

namespace AppStack.Operations.Drills;

/// <summary>Writes a drill's report as one JSON object for programs.</summary>
public static class DrillReportWriter
{
    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(DrillReport report) => DrillJson.Object(writer =>
    {
        writer.WriteString("scenario", report.Scenario);
        writer.WriteString("environment", report.Environment);
        writer.WriteString("node", report.Node);
        DrillJson.Verdict(writer, report.Passed, report.Error);
        writer.WriteNumber("requests", report.Requests);
        writer.WriteNumber("failed", report.Failed);
        DrillJson.Ms(writer, "longestGapMs", report.LongestGapMs);
        DrillJson.Ms(writer, "recoveryMs", report.RecoveryMs);
        DrillJson.Steps(writer, report.AllSteps);
        writer.WriteStartArray("parts");
        foreach (var part in report.Parts)
        {
            WritePart(writer, part);
        }

        writer.WriteEndArray();
        DrillJson.Off(writer, report.OffAfterwards);
    });

    private static void WritePart(Utf8JsonWriter writer, DrillPartReport part)
    {
        writer.WriteStartObject();
        writer.WriteString("mode", part.Mode);
        writer.WriteBoolean("passed", part.Passed);
        writer.WriteNumber("requests", part.Load.Requests);
        writer.WriteNumber("failed", part.Load.Failed);
        DrillJson.Failures(writer, part.Load.Failures);
        DrillJson.Ms(writer, "failureSpanMs", part.Load.FailureSpanMs);
        DrillJson.Ms(writer, "longestGapMs", part.Load.LongestGapMs);
        DrillJson.Ms(writer, "recoveryMs", part.RecoveryMs);
        DrillJson.Ms(writer, "p50Ms", part.Load.P50Ms);
        DrillJson.Ms(writer, "p99Ms", part.Load.P99Ms);
        DrillJson.Ms(writer, "slowestMs", part.Load.MaxMs);
        DrillJson.Ms(writer, "generatorCpuPercent", part.GeneratorCpuPercent);
        DrillJson.Figures(writer, part.Figures);
        DrillJson.Steps(writer, part.Steps);
        writer.WriteEndObject();
    }
}
