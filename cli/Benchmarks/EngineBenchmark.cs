using System.Globalization;
using System.Text.Json;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Operations;

namespace AppStack.Cli.Benchmarks;

/// <summary><c>appstack bench engine</c>: whole processes, from start to the state on disk. It needs neither a lab nor an environment.</summary>
internal static class EngineBenchmark
{
    /// <summary>The name on the command line.</summary>
    public const string Name = "engine";

    /// <summary>What it measures.</summary>
    public const string Summary = "whole runs of the embedded engine with up to 10,000 resources: seconds and peak memory";

    /// <summary>Measures, and prints as a table or as JSON.</summary>
    public static async Task<int> RunAsync(Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var count in new[] { 1000, 5000, 10000 })
        {
            var folder = Directory.CreateTempSubdirectory("appstack-bench-").FullName;
            try
            {
                SampleProgram.WriteProject(folder);
                figures.Add(await MeasureAsync("create", folder, count, cancellationToken));

                // The best of three: what disturbs a measurement only ever makes it longer.
                var repeats = new List<Figure>();
                for (var i = 0; i < 3; i++)
                {
                    repeats.Add(await MeasureAsync("no-op up", folder, count, cancellationToken));
                }

                figures.Add(repeats.MinBy(figure => figure.Seconds)!);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (json)
        {
            await terminal.Out.WriteLineAsync(ToJson(figures));
        }
        else
        {
            terminal.Lines.Write(TextTable.Of(["WHAT", "RESOURCES", "SECONDS", "PEAK MB"], figures.Select(figure => new[]
            {
                figure.Name,
                figure.Resources.ToString(CultureInfo.InvariantCulture),
                figure.Seconds.ToString("0.00", CultureInfo.InvariantCulture),
                figure.PeakMb.ToString("0", CultureInfo.InvariantCulture),
            })));
        }

        return ExitCodes.Done;
    }

    private static async Task<Figure> MeasureAsync(string name, string folder, int count, CancellationToken cancellationToken)
    {
        var (elapsed, output) = await SelfProcess.MeasureAsync([SampleProgram.Verb, folder, "random", count.ToString(CultureInfo.InvariantCulture)], cancellationToken);
        var peak = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(line => line.StartsWith("peakMb ", StringComparison.Ordinal));
        return new Figure(name, count, elapsed.TotalSeconds, double.Parse(peak["peakMb ".Length..], CultureInfo.InvariantCulture));
    }

    private static string ToJson(IReadOnlyList<Figure> figures)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var figure in figures)
            {
                writer.WriteStartObject();
                writer.WriteString("name", figure.Name);
                writer.WriteNumber("resources", figure.Resources);
                writer.WriteNumber("seconds", Math.Round(figure.Seconds, 3));
                writer.WriteNumber("peakMb", Math.Round(figure.PeakMb, 1));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed record Figure(string Name, int Resources, double Seconds, double PeakMb);
}
