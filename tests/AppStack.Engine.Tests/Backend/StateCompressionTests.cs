using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests.Backend;

public sealed class StateCompressionTests
{
    /// <summary>The compressed samples were made of the genuine state with the programs gzip and zstd.</summary>
    [Theory]
    [InlineData("02-after-change.json")]
    [InlineData("02-after-change.json.gz")]
    [InlineData("02-after-change.json.zst")]
    public void A_state_is_read_whatever_it_is_compressed_with(string file)
    {
        var bytes = StateCompression.Decompress(SampleFiles.Bytes(file), file);

        Assert.Equal(SampleFiles.Bytes("02-after-change.json"), bytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public void What_is_compressed_is_smaller_and_comes_back(string name)
    {
        var compression = name == "gzip" ? StateCompression.Gzip : StateCompression.Zstd;
        var bytes = SampleFiles.Bytes("02-after-change.json");

        var compressed = compression.Compress(bytes).ToArray();

        Assert.InRange(compressed.Length, 1, bytes.Length / 2);
        Assert.Equal(bytes, StateCompression.Decompress(compressed, "x"));
    }

    [Theory]
    [InlineData("02-after-change.json.gz")]
    [InlineData("02-after-change.json.zst")]
    public void A_damaged_file_is_named(string file)
    {
        var bytes = SampleFiles.Bytes(file);
        var half = bytes[..(bytes.Length / 2)];
        half.AsSpan(20, 40).Fill(0xff);

        Assert.Contains(file, Assert.Throws<StateFormatException>(() => StateCompression.Decompress(half, file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PULUMI_DIY_BACKEND_GZIP", "1", ".gz")]
    [InlineData("PULUMI_DIY_BACKEND_GZIP", "true", ".gz")]
    [InlineData("PULUMI_DIY_BACKEND_ZSTD", "true", ".zst")]
    [InlineData("PULUMI_DIY_BACKEND_ZSTD", "false", "")]
    [InlineData("OTHER", "1", "")]
    public void The_environment_says_how_a_state_is_written(string variable, string value, string ending) =>
        Assert.Equal(ending, StateCompression.Of(name => name == variable ? value : null).Ending);

    [Fact]
    public void Both_at_once_are_refused() => Assert.Throws<StackException>(() => StateCompression.Of(_ => "1"));
}
