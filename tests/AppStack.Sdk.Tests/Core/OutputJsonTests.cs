using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Core;

public sealed class OutputJsonTests
{
    [Fact]
    public async Task Serialize_PlainValues() =>
        Assert.Equal(("""{"a":1,"b":["x",null]}""", true, false), await Facts(Output.JsonSerialize(Output.Create<object>(new { a = 1, b = new[] { "x", null } }))));

    [Fact]
    public async Task Serialize_NestedOutputsAndInputs_AreTheirValues()
    {
        var value = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["output"] = Later("o"),
            ["input"] = (Input<int>)Output.Create(2),
            ["list"] = new InputList<string> { "a", Later("b") },
            ["map"] = new InputMap<string> { ["k"] = Later("v") },
            ["nested"] = Output.Create(new[] { Output.Create(1) }),
        };

        Assert.Equal(
            ("""{"output":"o","input":2,"list":["a","b"],"map":{"k":"v"},"nested":[1]}""", true, false),
            await Facts(Output.JsonSerialize(Output.Create(value))));
    }

    [Fact]
    public async Task Serialize_NestedUnknown_IsUnknown()
    {
        var (text, isKnown, isSecret) = await Facts(Output.JsonSerialize(Output.Create(new[] { Output.CreateSecret(1), Unknown<int>() })));

        Assert.Equal("", text);
        Assert.False(isKnown);
        Assert.True(isSecret);
    }

    [Fact]
    public async Task Serialize_NestedSecret_IsSecret() =>
        Assert.Equal(("[1]", true, true), await Facts(Output.JsonSerialize(Output.Create(new[] { Output.CreateSecret(1) }))));

    [Fact]
    public async Task Serialize_Unknown_IsUnknown() => Assert.False((await Facts(Output.JsonSerialize(Unknown<int>()))).IsKnown);

    [Fact]
    public async Task Serialize_Secret_IsSecret() => Assert.True((await Facts(Output.JsonSerialize(Output.CreateSecret(1)))).IsSecret);

    [Fact]
    public async Task Serialize_FaultedOutput_Faults()
    {
        var value = new[] { Output.Create(Task.FromException<int>(new InvalidOperationException("no"))) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Facts(Output.JsonSerialize(Output.Create(value))));
    }

    [Fact]
    public async Task Serialize_Options_AreUsedAndLeftAlone()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper };

        Assert.Equal("""{"SOME_NAME":"x"}""", (await Facts(Output.JsonSerialize(Output.Create(new { SomeName = Output.Create("x") }), options))).Value);
        Assert.Empty(options.Converters);
    }

    [Fact]
    public void Serialize_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => Output.JsonSerialize<int>(null!));

    [Fact]
    public async Task Deserialize_Plain() => Assert.Equal(new[] { 1, 2 }, (await Facts(Output.JsonDeserialize<ImmutableArray<int>>(Output.Create("[1,2]")))).Value.ToArray());

    [Fact]
    public async Task Deserialize_Secret_MarksWholeAndNested()
    {
        var (value, isKnown, isSecret) = await Facts(Output.JsonDeserialize<Output<int>[]>(Output.CreateSecret("[1]")));

        Assert.True(isKnown && isSecret);
        Assert.Equal((1, true, true), await Facts(value[0]));
    }

    [Fact]
    public async Task Deserialize_Unknown_IsUnknown() => Assert.False((await Facts(Output.JsonDeserialize<int>(Unknown<string>()))).IsKnown);

    [Fact]
    public async Task Deserialize_BadText_Faults() =>
        await Assert.ThrowsAnyAsync<JsonException>(() => Facts(Output.JsonDeserialize<int>(Output.Create("{"))));
}
