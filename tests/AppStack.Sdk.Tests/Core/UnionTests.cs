using Pulumi;
using Pulumi.Utilities;

namespace AppStack.Sdk.Tests.Core;

public sealed class UnionTests
{
    private static readonly Union<int, string> First = 1;
    private static readonly Union<int, string> Second = "a";

    [Fact]
    public void Cases_are_told_apart()
    {
        Assert.True(First.IsT0 && !First.IsT1 && Second.IsT1 && !Second.IsT0);
        Assert.Equal(1, First.AsT0);
        Assert.Equal("a", Second.AsT1);
        Assert.Throws<InvalidOperationException>(() => First.AsT1);
        Assert.Throws<InvalidOperationException>(() => Second.AsT0);
    }

    [Fact]
    public void Match_and_switch_take_the_right_branch()
    {
        Assert.Equal("n1", First.Match(number => "n" + number, text => "t" + text));
        Assert.Equal("ta", Second.Match(number => "n" + number, text => "t" + text));
        var seen = "";
        First.Switch(number => seen += number, _ => seen += "wrong");
        Second.Switch(_ => seen += "wrong", text => seen += text);
        Assert.Equal("1a", seen);
    }

    [Fact]
    public void Maps_change_their_case_only()
    {
        Assert.Equal(2, First.MapT0(number => number + 1).AsT0);
        Assert.Equal("a", Second.MapT0(number => number + 1).AsT1);
        Assert.Equal(1, First.MapT1(text => text.Length).AsT0);
        Assert.Equal(1, Second.MapT1(text => text.Length).AsT1);
        Assert.Equal(1L, First.Bimap(number => (long)number, text => text + "!").AsT0);
        Assert.Equal("a!", Second.Bimap(number => (long)number, text => text + "!").AsT1);
    }

    [Fact]
    public void Picks_say_whether_they_succeeded()
    {
        Assert.True(First.TryPickT0(out var number, out _));
        Assert.Equal(1, number);
        Assert.False(First.TryPickT1(out _, out var rest));
        Assert.Equal(1, rest);
    }

    [Fact]
    public void Equality_is_of_case_and_value()
    {
        Union<string, string> left = Union<string, string>.FromT0("a");
        Assert.False(left.Equals(Union<string, string>.FromT1("a")));
        Assert.True(First == 1);
        Assert.True(First != Second);
        Assert.Equal(First.GetHashCode(), ((Union<int, string>)1).GetHashCode());
        Assert.Equal("System.String: a", Second.ToString());
    }

    [Fact]
    public async Task Outputs_of_unions_have_their_cases()
    {
        var output = Output.Create(Second);
        Assert.True(await OutputUtilities.GetValueAsync(output.IsT1()));
        Assert.False(await OutputUtilities.GetValueAsync(output.IsT0()));
        Assert.Equal("a", await OutputUtilities.GetValueAsync(output.AsT1()));
        Assert.Equal("a", await OutputUtilities.GetValueAsync(output.Value()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => OutputUtilities.GetValueAsync(output.AsT0()));
    }
}
