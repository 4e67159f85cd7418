using System.Text.Json;

namespace AppStack.Operations.Verification;

/// <summary>Writes a verification as one JSON object for programs.</summary>
public static class VerifyReportWriter
{
    /// <summary>Writes the report, indented.</summary>
    public static string ToJson(VerifyReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", report.Ok);
            writer.WriteNumber("ms", Math.Round(report.Ms, 1));
            writer.WriteStartArray("checks");
            foreach (var check in report.Checks)
            {
                writer.WriteStartObject();
                writer.WriteString("name", check.Name);
                writer.WriteString("node", check.Node);
                writer.WriteBoolean("ok", check.Ok);
                writer.WriteString("detail", check.Detail);
                writer.WriteNumber("ms", Math.Round(check.Ms, 1));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
