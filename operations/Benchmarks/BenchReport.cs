using System.Text.Json;
using Spectre.Console;

namespace AppStack.Operations.Benchmarks;

/// <summary>Shows benchmark results to people and programs.</summary>
internal static class BenchReport
{
    public static void Write(IAnsiConsole console, IReadOnlyList<BenchResult> results)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("what");
        table.AddColumn(new TableColumn("value").RightAligned());
        table.AddColumn("unit");
        table.AddColumn("target");
        foreach (var result in results)
        {
            var target = result.Target is { } value ? $"{(result.AtLeast ? ">=" : "<=")} {value:0.##}" : "";
            var colour = result.Reached switch { true => "green", false => "red", null => "default" };
            table.AddRow(Markup.Escape(result.Name), $"[{colour}]{Format(result)}[/]", result.Unit, target);
        }

        console.Write(table);
    }

    public static string ToJson(IReadOnlyList<BenchResult> results)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonStyle.Indented))
        {
            writer.WriteStartArray();
            foreach (var result in results)
            {
                writer.WriteStartObject();
                writer.WriteString("name", result.Name);
                writer.WriteNumber("value", Math.Round(result.Value, 3));
                writer.WriteString("unit", result.Unit);
                if (result.Target is { } target)
                {
                    writer.WriteNumber("target", target);
                    writer.WriteBoolean("reached", result.Reached!.Value);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Format(BenchResult result) => result.Value >= 100 ? $"{result.Value:0}" : $"{result.Value:0.00}";
}
