using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Serialization;

public sealed class InputSerializationTests
{
    [Fact]
    public async Task Plain_values_keep_their_kind()
    {
        var inputs = await InputsOf(new SampleArgs { Text = "t", Number = 3, Flag = true, Raw = 1.5 });

        Assert.Equal(Text("t"), inputs["text"]);
        Assert.Equal(PropertyValue.Of(3), inputs["number"]);
        Assert.Equal(PropertyValue.Of(value: true), inputs["flag"]);
        Assert.Equal(PropertyValue.Of(1.5), inputs["raw"]);
    }

    [Fact]
    public async Task Missing_values_and_unmarked_members_are_left_out() => Assert.Empty(await InputsOf(new SampleArgs { Text = Output.Create((string)null!) }));

    [Fact]
    public async Task Members_named_id_and_urn_are_not_sent() => Assert.Empty(await InputsOf(new SampleArgs { ReservedId = "x", ReservedUrn = "y" }));

    [Fact]
    public async Task A_list_that_was_looked_at_is_sent_empty()
    {
        var args = new SampleArgs();
        _ = args.List;

        Assert.Equal(List(), (await InputsOf(args))["list"]);
    }

    [Fact]
    public async Task One_unknown_element_does_not_hide_the_others()
    {
        var inputs = await InputsOf(
            new SampleArgs { List = { "a", Unknown<string>(), Output.CreateSecret("c") }, Map = { ["k"] = "v", ["u"] = Unknown<string>() } },
            isDryRun: true);

        Assert.Equal(List(Text("a"), PropertyValue.Unknown.Instance, Text("c").AsSecret()), inputs["list"]);
        Assert.Equal(Map(("k", Text("v")), ("u", PropertyValue.Unknown.Instance)), inputs["map"]);
    }

    [Fact]
    public async Task An_unknown_list_is_unknown_as_a_whole() =>
        Assert.Equal(PropertyValue.Unknown.Instance, (await InputsOf(new SampleArgs { List = Unknown<string[]>() }, isDryRun: true))["list"]);

    [Fact]
    public async Task Secrets_are_marked() => Assert.Equal(Text("t").AsSecret(), (await InputsOf(new SampleArgs { Text = Output.CreateSecret("t") }))["text"]);

    [Fact]
    public async Task A_secret_null_is_sent() =>
        Assert.Equal(PropertyValue.Null.Instance.AsSecret(), (await InputsOf(new SampleArgs { Text = Output.CreateSecret((string)null!) }))["text"]);

    [Fact]
    public async Task Nulls_are_left_out_of_maps_and_kept_in_lists()
    {
        var inputs = await InputsOf(new SampleArgs { Map = { ["k"] = (string)null!, ["l"] = "v" }, List = { (string)null!, "b" } });

        Assert.Equal(Map(("l", Text("v"))), inputs["map"]);
        Assert.Equal(List(PropertyValue.Null.Instance, Text("b")), inputs["list"]);
    }

    [Fact]
    public async Task Nested_args_are_objects()
    {
        var inputs = await InputsOf(new SampleArgs { Nested = new SampleNestedArgs { Host = Later("h"), Port = 1 } });

        Assert.Equal(Map(("host", Text("h")), ("port", PropertyValue.Of(1))), inputs["nested"]);
    }

    [Fact]
    public async Task Anything_may_be_in_a_list_of_objects()
    {
        var inputs = await InputsOf(new SampleArgs
        {
            AnyList = new object[] { "a", 1, Output.Create("o"), new[] { true }, new Dictionary<string, object?>(StringComparer.Ordinal) { ["k"] = Output.Create(2) }, (Union<int, string>)"u" },
        });

        Assert.Equal(
            List(Text("a"), PropertyValue.Of(1), Text("o"), List(PropertyValue.Of(value: true)), Map(("k", PropertyValue.Of(2))), Text("u")),
            inputs["anyList"]);
    }

    [Fact]
    public async Task Enums_are_numbers_or_texts()
    {
        var inputs = await InputsOf(new SampleArgs { Level = SampleLevel.High, Mode = SampleMode.Safe });

        Assert.Equal(PropertyValue.Of(7), inputs["level"]);
        Assert.Equal(Text("safe"), inputs["mode"]);
    }

    [Fact]
    public async Task Json_elements_are_values()
    {
        var inputs = await InputsOf(new SampleArgs { Json = JsonElement.Parse("""{"a":[1,"x",null,true]}""") });

        Assert.Equal(Map(("a", List(PropertyValue.Of(1), Text("x"), PropertyValue.Null.Instance, PropertyValue.Of(value: true)))), inputs["json"]);
    }

    [Fact]
    public async Task Members_marked_as_json_are_sent_as_text()
    {
        var inputs = await InputsOf(new SampleArgs { AsJson = Output.CreateSecret(ImmutableDictionary<string, string>.Empty.Add("k", "v")) });

        Assert.Equal(Text("""{"k":"v"}""").AsSecret(), inputs["asJson"]);
    }

    [Fact]
    public async Task Members_marked_as_json_may_be_unknown() =>
        Assert.Equal(PropertyValue.Unknown.Instance, (await InputsOf(new SampleArgs { AsJson = Unknown<ImmutableDictionary<string, string>>() }, isDryRun: true))["asJson"]);

    [Fact]
    public async Task Assets_and_archives_say_where_they_come_from()
    {
        var archive = new AssetArchive(new Dictionary<string, AssetOrArchive>(StringComparer.Ordinal) { ["a"] = new StringAsset("text"), ["b"] = new FileArchive("/dir") });

        Assert.Equal(new PropertyValue.Asset("", Path: "/file"), (await InputsOf(new SampleArgs { File = new FileAsset("/file") }))["file"]);
        Assert.Equal(new PropertyValue.Asset("", Uri: "https://x"), (await InputsOf(new SampleArgs { File = new RemoteAsset("https://x") }))["file"]);
        Assert.Equal(new PropertyValue.Archive("", Uri: "https://x"), (await InputsOf(new SampleArgs { File = new RemoteArchive("https://x") }))["file"]);
        Assert.Equal(
            new PropertyValue.Archive("", PropertyMap.Of(("a", new PropertyValue.Asset("", Content: "text")), ("b", new PropertyValue.Archive("", Path: "/dir")))),
            (await InputsOf(new SampleArgs { File = archive }))["file"]);
    }

    [Fact]
    public async Task Output_types_are_objects_of_their_fields()
    {
        var inputs = await InputsOf(new SampleArgs { Raw = new OutputShaped("h") });

        Assert.Equal(Map(("hostName", Text("h"))), inputs["raw"]);
    }

    [Fact]
    public async Task A_default_immutable_array_is_an_empty_list()
    {
        Assert.Equal(List(), (await InputsOf(new SampleArgs { Raw = default(ImmutableArray<string>) }))["raw"]);
        Assert.Equal(List(), (await InputsOf(new SampleArgs { Raw = Output.Create(default(ImmutableArray<string>)) }))["raw"]);
        Assert.Equal(List(), (await InputsOf(new SampleArgs { List = default(ImmutableArray<string>) }))["list"]);
    }

    [Fact]
    public async Task A_resource_is_sent_as_a_reference_and_is_a_dependency()
    {
        var monitor = await Run.Ok(() =>
        {
            var first = new Sample("first");
            _ = new Sample("second", new SampleArgs { Raw = first });
        });
        var urn = FakeMonitor.UrnOf(parent: null, Sample.Token, "first");

        Assert.Equal(new PropertyValue.Reference(urn, Text("first-id")), monitor.Request("second").Inputs["raw"]);
        Assert.Equal([urn], monitor.Request("second").Dependencies.ToArray());
    }

    [Fact]
    public async Task A_component_is_sent_as_a_reference_without_id()
    {
        var monitor = await Run.Ok(() => _ = new Sample("second", new SampleArgs { Raw = new Group("group") }));

        Assert.Equal(new PropertyValue.Reference(FakeMonitor.UrnOf(parent: null, Group.Token, "group")), monitor.Request("second").Inputs["raw"]);
    }

    [Fact]
    public async Task Dictionary_args_are_sent_as_they_are()
    {
        var monitor = await Run.Ok(() => _ = new CustomResource(
            Sample.Token,
            "n",
            new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", Output.Create("x")).Add("b", null).Add("c", 2))));

        Assert.Equal(PropertyMap.Of(("a", Text("x")), ("c", PropertyValue.Of(2))), monitor.Request("n").Inputs);
    }

    [Fact]
    public void Dictionary_args_of_a_wrong_type_are_refused() => Assert.Throws<InvalidOperationException>(
        () => new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", DateTime.UnixEpoch)));

    [Fact]
    public async Task A_missing_required_input_names_the_member()
    {
        var errors = await Run.Failing(() => _ = new Sample("n", new SampleArgs { Nested = new SampleNestedArgs() }));

        Assert.Contains("SampleNestedArgs.Host is required but was not given a value", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_among_the_args_is_refused_with_its_place()
    {
        var errors = await Run.Failing(() => _ = new Sample("n", new SampleArgs { AnyList = new object[] { "a", Task.FromResult(1) } }));

        var error = Assert.Single(errors);
        Assert.Contains("error serializing property \"anyList\"", error, StringComparison.Ordinal);
        Assert.Contains("Please wrap your Task in an Output", error, StringComparison.Ordinal);
        Assert.Contains($"resource:n[{Sample.Token}].anyList[1]", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L)]
    [InlineData('c')]
    [InlineData(1.5f)]
    public async Task Other_types_are_refused_by_name(object value)
    {
        var errors = await Run.Failing(() => _ = new Sample("n", new SampleArgs { Raw = value }));

        Assert.Contains($"{value.GetType().FullName} is not a supported argument type", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dictionaries_need_text_keys()
    {
        var errors = await Run.Failing(() => _ = new Sample("n", new SampleArgs { Raw = new Dictionary<int, string> { [1] = "a" } }));

        Assert.Contains("Dictionaries are only supported with string keys", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static async Task<PropertyMap> InputsOf(SampleArgs args, bool isDryRun = false) =>
        (await Run.Ok(() => _ = new Sample("n", args), isDryRun)).Request("n").Inputs;

    [OutputType]
    private sealed class OutputShaped(string hostName)
    {
        public readonly string HostName = hostName;
    }
}
