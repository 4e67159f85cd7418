using System.Text;
using System.Text.Json;
using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

public sealed class SampleProtocolTests
{
    [Fact]
    public void Lines_are_read_back_as_they_were_written()
    {
        RequestSample[] samples = [new(123_456, 789), new(125_456, 3_000_000, "timeout")];
        using var stream = new MemoryStream();
        SampleProtocol.WriteReady(stream, 42);
        SampleProtocol.WriteSamples(stream, samples);
        SampleProtocol.WriteEnd(stream, 99, 12.3);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.Equal(42, SampleProtocol.Read(lines[0]).ReadyMicros);
        Assert.Equal(samples, SampleProtocol.Read(lines[1]).Samples);
        Assert.Equal(12, SampleProtocol.Read(lines[2]).CpuMs);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("Unhandled exception.")]
    public void Read_SomethingElse_Throws(string line) => Assert.ThrowsAny<JsonException>(() => SampleProtocol.Read(line));
}
