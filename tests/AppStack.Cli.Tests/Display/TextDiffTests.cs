using AppStack.Cli.Display;

namespace AppStack.Cli.Tests.Display;

public sealed class TextDiffTests
{
    [Fact]
    public void Of_OneLineOfMany_ShowsThreeLinesAroundIt()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20));
        var after = before.Replace("10", "ten", StringComparison.Ordinal);

        var lines = TextDiff.Of(before, after).Select(line => $"{line.Sign} {line.Text}");

        Assert.Equal(
            ["Same ...", "Same 7", "Same 8", "Same 9", "Removed 10", "Added ten", "Same 11", "Same 12", "Same 13", "Same ..."],
            lines);
    }

    [Theory]
    [InlineData("", "a\nb")]
    [InlineData("a\nb", "")]
    [InlineData("a\nb\nc", "c\nb\na")]
    [InlineData("x\n", "x\ny\n")]
    public void Of_AnyTexts_GivesBothBack(string before, string after)
    {
        var lines = TextDiff.Of(before, after);

        Assert.Equal(before.TrimEnd('\n'), string.Join('\n', lines.Where(line => line.Sign != DiffSign.Added).Select(line => line.Text)));
        Assert.Equal(after.TrimEnd('\n'), string.Join('\n', lines.Where(line => line.Sign != DiffSign.Removed).Select(line => line.Text)));
    }
}
