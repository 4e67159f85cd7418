using AppStack.Components.Lab;

namespace AppStack.Components.Tests.Lab;

public sealed class LabIncarnationTests
{
    [Theory]
    [InlineData(null, false, "fresh.1")]
    [InlineData("", true, "fresh.1")]
    [InlineData("a1b2.1", true, "a1b2.1")]
    [InlineData("a1b2.1", false, "a1b2.2")]
    [InlineData("a1b2.9", false, "a1b2.10")]
    [InlineData("by-hand", true, "by-hand")]
    [InlineData("by-hand", false, "by-hand.1")]
    [InlineData("1", false, "1.1")]
    public void Next_FollowsWhatIsThere(string? recorded, bool alive, string expected)
        => Assert.Equal(expected, LabIncarnation.Next(recorded, alive, () => "fresh"));
}
