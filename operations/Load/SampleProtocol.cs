using System.Text.Json;

namespace AppStack.Operations.Load;

/// <summary>
/// What the load generator's process tells the one that started it, one JSON object per line:
/// <c>{"ready":MICROS}</c>, then <c>{"samples":[[START,LATENCY],[START,LATENCY,"reset"],...]}</c> a few times per second, at last
/// <c>{"end":MICROS,"cpuMs":N}</c>.
/// </summary>
internal static class SampleProtocol
{
    public static void WriteReady(Stream stream, long micros) => WriteLine(stream, writer => writer.WriteNumber("ready", micros));

    public static void WriteEnd(Stream stream, long micros, double cpuMilliseconds) => WriteLine(stream, writer =>
    {
        writer.WriteNumber("end", micros);
        writer.WriteNumber("cpuMs", Math.Round(cpuMilliseconds));
    });

    public static void WriteSamples(Stream stream, IReadOnlyList<RequestSample> samples) => WriteLine(stream, writer =>
    {
        writer.WriteStartArray("samples");
        foreach (var sample in samples)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(sample.StartMicros);
            writer.WriteNumberValue(sample.LatencyMicros);
            if (sample.Failure is not null)
            {
                writer.WriteStringValue(sample.Failure);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    /// <summary>Reads one line.</summary>
    /// <exception cref="JsonException">The line is not of this protocol.</exception>
    public static SampleMessage Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.TryGetProperty("ready", out var ready))
        {
            return new SampleMessage { ReadyMicros = ready.GetInt64() };
        }

        if (root.TryGetProperty("end", out _))
        {
            return new SampleMessage { CpuMs = root.GetProperty("cpuMs").GetDouble() };
        }

        if (!root.TryGetProperty("samples", out var samples))
        {
            throw new JsonException($"not a line of the load generator: {line}");
        }

        return new SampleMessage
        {
            Samples = [.. samples.EnumerateArray().Select(sample => new RequestSample(
                sample[0].GetInt64(), sample[1].GetInt64(), sample.GetArrayLength() > 2 ? sample[2].GetString() : null))],
        };
    }

    private static void WriteLine(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}
