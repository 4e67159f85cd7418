using System.Text.Json;

namespace AppStack.Operations.Status;

/// <summary>Writes the map as one JSON object for programs.</summary>
public static class StatusJson
{
    /// <summary>Writes the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="indented">Whether it is for one reading; else it is one line of many.</param>
    /// <returns>The object.</returns>
    public static string Write(StatusMap map, bool indented = true)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented with { Indented = indented }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", map.State is StatusState.Ok or StatusState.Warning);
            writer.WriteString("state", StatusWords.Of(map.State));
            writer.WriteString("environment", map.Environment);
            writer.WriteString("seenAt", map.SeenAt.UtcDateTime);
            writer.WriteNumber("ms", Math.Round(map.Ms, 1));
            writer.WriteNumber("checks", map.Checks);
            writer.WriteNumber("checksOff", map.ChecksOff);
            if (map.Alerts is { } alerts)
            {
                writer.WriteNumber("alerts", alerts);
            }
            else
            {
                writer.WriteNull("alerts");
            }

            Problems(writer, "elsewhere", map.Elsewhere);
            Stages(writer, "way", map.Way);
            Stages(writer, "beside", map.Beside);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Stages(Utf8JsonWriter writer, string name, IEnumerable<StatusStage> stages)
    {
        writer.WriteStartArray(name);
        foreach (var stage in stages)
        {
            writer.WriteStartObject();
            writer.WriteString("title", stage.Title);
            writer.WriteString("state", StatusWords.Of(stage.State));
            Problems(writer, "problems", stage.Problems);
            writer.WriteStartArray("boxes");
            foreach (var box in stage.Boxes)
            {
                writer.WriteStartObject();
                writer.WriteString("name", box.Name);
                writer.WriteString("kind", box.Kind);
                writer.WriteString("state", StatusWords.Of(box.State));
                writer.WriteString("now", box.Now);
                writer.WriteString("runs", box.Runs);
                writer.WriteString("place", box.Place);
                writer.WriteString("addresses", box.Addresses);
                Problems(writer, "problems", box.Problems);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Problems(Utf8JsonWriter writer, string name, IEnumerable<StatusProblem> problems)
    {
        writer.WriteStartArray(name);
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString(problem.IsAlert ? "alert" : "check", problem.Name);
            writer.WriteString("state", StatusWords.Of(problem.State));
            writer.WriteString("detail", problem.Detail);
            writer.WriteString("advice", problem.Remedy.Advice);
            writer.WriteString("command", problem.Remedy.Command);
            writer.WriteString("runbook", problem.Remedy.Runbook);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
