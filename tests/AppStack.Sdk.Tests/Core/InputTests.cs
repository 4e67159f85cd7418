using System.Collections.Immutable;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Core;

public sealed class InputTests
{
    [Fact]
    public async Task Plain_value_is_a_known_output()
    {
        Input<int> input = 5;
        Output<int> output = input;
        Assert.Equal((5, true, false), await Facts(output));
    }

    [Fact]
    public async Task Output_is_kept()
    {
        var output = Output.CreateSecret(5);
        Input<int> input = output;

        Assert.Same(output, input.ToOutput());
        Assert.Equal((6, true, true), await Facts(input.Apply(value => value + 1)));
    }

    [Fact]
    public void Null_output_is_refused() => Assert.Throws<ArgumentNullException>(() =>
    {
        Input<int> _ = (Output<int>)null!;
    });

    [Fact]
    public async Task Missing_input_is_the_known_default()
    {
        Assert.Equal((0, true, false), await Facts(((Input<int>?)null).ToOutput()));
        Assert.Equal((1, true, false), await Facts(((Input<int>?)null).Apply(value => value + 1)));
    }

    [Fact]
    public async Task List_Initialiser_MixesPlainAndOutputs()
    {
        InputList<string> list = ["a", Later("b"), Output.Create("c")];
        Assert.Equal(["a", "b", "c"], (await Facts(list.ToOutput())).Value.ToArray());
    }

    [Fact]
    public async Task List_Add_AppendsAfterReading()
    {
        var list = new InputList<int> { 1 };
        Assert.Single((await Facts(list.ToOutput())).Value);

        list.Add(2, Output.Create(3));
        list.AddRange(new[] { 4 });
        list.Add(new InputList<int> { 5 });
        Assert.Equal(new[] { 1, 2, 3, 4, 5 }, (await Facts(list.ToOutput())).Value.ToArray());
    }

    [Fact]
    public async Task List_Concat_LeavesBothAlone()
    {
        InputList<int> first = new[] { 1 };
        InputList<int> second = Output.Create(new[] { 2 });

        Assert.Equal(new[] { 1, 2 }, (await Facts(first.Concat(second).ToOutput())).Value.ToArray());
        Assert.Equal(new[] { 2, 1 }, (await Facts(second.Concat(first).ToOutput())).Value.ToArray());
        Assert.Equal(new[] { 1 }, (await Facts(first.ToOutput())).Value.ToArray());
    }

    [Fact]
    public async Task List_FromEverything()
    {
        static async Task<string> Joined(InputList<int> list) => string.Join(',', (await Facts(list.ToOutput())).Value);

        Assert.Equal("1", await Joined(1));
        Assert.Equal("1", await Joined(Output.Create(1)));
        Assert.Equal("1", await Joined((Input<int>)1));
        Assert.Equal("1,2", await Joined(new[] { 1, 2 }));
        Assert.Equal("1,2", await Joined(new[] { Output.Create(1), Output.Create(2) }));
        Assert.Equal("1,2", await Joined(new Input<int>[] { 1, 2 }));
        Assert.Equal("1,2", await Joined(new List<int> { 1, 2 }));
        Assert.Equal("1,2", await Joined(new List<Output<int>> { Output.Create(1), Output.Create(2) }));
        Assert.Equal("1,2", await Joined(new List<Input<int>> { 1, 2 }));
        Assert.Equal("1,2", await Joined(ImmutableArray.Create(1, 2)));
        Assert.Equal("1,2", await Joined(ImmutableArray.Create(Output.Create(1), Output.Create(2))));
        Assert.Equal("1,2", await Joined(ImmutableArray.Create<Input<int>>(1, 2)));
        Assert.Equal("1,2", await Joined(Output.Create(new[] { 1, 2 })));
        Assert.Equal("1,2", await Joined(Output.Create(new List<int> { 1, 2 })));
        Assert.Equal("1,2", await Joined(Output.Create<IEnumerable<int>>([1, 2])));
        Assert.Equal("1,2", await Joined(Output.Create(ImmutableArray.Create(1, 2))));
    }

    [Fact]
    public async Task List_DefaultArray_StaysDefault() => Assert.True((await Facts(((InputList<int>)default(ImmutableArray<int>)).ToOutput())).Value.IsDefault);

    [Fact]
    public async Task List_AsyncEnumeration_GivesTheElements()
    {
        var elements = new List<int>();
        await foreach (var element in new InputList<int> { 1, Later(2) })
        {
            elements.Add((await Facts(element.ToOutput())).Value);
        }

        Assert.Equal([1, 2], elements);
    }

    [Fact]
    public void List_SyncEnumeration_IsRefused() => Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerable)new InputList<int>()).GetEnumerator());

    [Fact]
    public void Map_SyncEnumeration_IsRefused() => Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerable)new InputMap<int>()).GetEnumerator());

    [Fact]
    public async Task Map_Initialisers_MixPlainAndOutputs()
    {
        InputMap<string> map = new() { ["a"] = "1", ["b"] = Later("2") };
        map.Add("c", Output.Create("3"));
        var value = (await Facts(map.ToOutput())).Value;

        Assert.Equal(["a=1", "b=2", "c=3"], value.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Map_SameKeyEqualValue_IsAccepted()
    {
        InputMap<string> map = new() { ["a"] = "1", ["b"] = "2" };
        map.Add("a", Later("1"));
        map.AddRange(new InputMap<string> { ["b"] = "2" });

        Assert.Equal(2, (await Facts(map.ToOutput())).Value.Count);
    }

    [Fact]
    public async Task Map_SameKeyOtherValue_FaultsWhenUsed()
    {
        InputMap<string> map = new() { ["a"] = "1" };
        map.Add("a", "2");

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Facts(map.ToOutput()));
        Assert.Contains("'a'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_Merge_TheSecondCounts()
    {
        InputMap<string> first = new() { ["a"] = "1", ["b"] = "1" };
        InputMap<string> second = Output.Create(new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2" });
        var merged = (await Facts(InputMap<string>.Merge(first, second).ToOutput())).Value;

        Assert.Equal("1", merged["a"]);
        Assert.Equal("2", merged["b"]);
        Assert.Equal("1", (await Facts(first.ToOutput())).Value["b"]);
    }

    [Fact]
    public async Task Map_FromEverything()
    {
        var plain = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 };
        static async Task<int> Read(InputMap<int> map) => (await Facts(map.ToOutput())).Value["a"];

        Assert.Equal(1, await Read(plain));
        Assert.Equal(1, await Read(plain.ToImmutableDictionary(StringComparer.Ordinal)));
        Assert.Equal(1, await Read(Output.Create(plain)));
        Assert.Equal(1, await Read(Output.Create<IDictionary<string, int>>(plain)));
        Assert.Equal(1, await Read(Output.Create(plain.ToImmutableDictionary(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task Map_NullMapInOutput_StaysNull() =>
        Assert.Null((await Facts(((InputMap<int>)Output.Create(default(ImmutableDictionary<string, int>)!)).ToOutput())).Value);

    [Fact]
    public async Task Map_AsyncEnumeration_GivesThePairs()
    {
        var pairs = new List<string>();
        await foreach (var input in new InputMap<int> { ["a"] = 1 })
        {
            var pair = (await Facts(input.ToOutput())).Value;
            pairs.Add($"{pair.Key}={pair.Value}");
        }

        Assert.Equal(["a=1"], pairs);
    }

    [Fact]
    public async Task Unions_take_either_type()
    {
        static async Task<object> Read(InputUnion<int, string> union) => (await Facts(union.ToOutput())).Value.Value;

        Assert.Equal(1, await Read(1));
        Assert.Equal("a", await Read("a"));
        Assert.Equal(1, await Read(Output.Create(1)));
        Assert.Equal("a", await Read(Output.Create("a")));
        Assert.Equal(1, await Read((Input<int>)1));
        Assert.Equal("a", await Read((Input<string>)"a"));
        Assert.Equal("a", await Read(Output.Create((Union<int, string>)"a")));
        Assert.Equal(0, await Read(new InputUnion<int, string>()));
    }

    [Fact]
    public async Task Lists_and_maps_of_unions_take_plain_cases()
    {
        InputList<Union<int, string>> list = [];
        list.Add((Input<int>)1);
        list.Add((Input<string>)"a");
        InputMap<Union<int, string>> map = [];
        map.Add("n", (Input<int>)1);

        Assert.Equal([1, "a"], (await Facts(list.ToOutput())).Value.Select(union => union.Value));
        Assert.Equal(1, (await Facts(map.ToOutput())).Value["n"].Value);
    }

    [Fact]
    public async Task Json_takes_texts_documents_and_outputs()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""{"a":1}""");
        foreach (InputJson json in new InputJson[] { """{"a":1}""", document, document.RootElement, Output.Create("""{"a":1}"""), Output.Create(document), Output.Create(document.RootElement) })
        {
            Assert.Equal(1, (await Facts(json.ToOutput())).Value.GetProperty("a").GetInt32());
        }
    }
}
