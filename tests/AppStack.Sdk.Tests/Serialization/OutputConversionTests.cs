using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Serialization;

public sealed class OutputConversionTests
{
    [Fact]
    public async Task Simple_values_convert()
    {
        var sample = await Answer(("text", Text("t")), ("number", PropertyValue.Of(3)), ("ratio", PropertyValue.Of(1.5)), ("flag", PropertyValue.Of(value: true)));

        Assert.Equal(("t", true, false), await Facts(sample.Text));
        Assert.Equal((3, true, false), await Facts(sample.Number));
        Assert.Equal((1.5, true, false), await Facts(sample.Ratio));
        Assert.Equal((true, true, false), await Facts(sample.Flag));
    }

    [Fact]
    public async Task Numbers_are_cut_to_whole_ones() => Assert.Equal(3, (await Facts((await Answer(("number", PropertyValue.Of(3.9)))).Number)).Value);

    [Fact]
    public async Task Lists_maps_and_objects_convert()
    {
        var sample = await Answer(
            ("list", List(Text("a"), Text("b"))),
            ("map", Map(("k", Text("v")), ("__internal", Text("x")))),
            ("any", Map(("n", PropertyValue.Of(1)), ("l", List(Text("x"))))));
        var any = (ImmutableDictionary<string, object?>)(await Facts(sample.Any)).Value!;

        Assert.Equal(["a", "b"], (await Facts(sample.List)).Value.ToArray());
        Assert.Equal("k=v", string.Join(',', (await Facts(sample.Map)).Value!.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(1.0, any["n"]);
        Assert.Equal(["x"], ((ImmutableArray<object?>)any["l"]!).ToArray());
    }

    [Fact]
    public async Task Output_types_are_made_with_their_constructor()
    {
        var nested = (await Facts((await Answer(("nested", Map(("host", Text("h")), ("port", PropertyValue.Of(80)), ("labels", List(Text("l"))))))).Nested)).Value!;

        Assert.Equal("h", nested.Host);
        Assert.Equal(80, nested.Port);
        Assert.Equal(["l"], nested.Tags.ToArray());
    }

    [Fact]
    public async Task Missing_members_of_output_types_are_defaults()
    {
        var nested = (await Facts((await Answer(("nested", Map(("host", Text("h")))))).Nested)).Value!;

        Assert.Null(nested.Port);
        Assert.True(nested.Tags.IsDefault);
    }

    [Fact]
    public async Task Enums_convert()
    {
        var sample = await Answer(("level", PropertyValue.Of(7)), ("mode", Text("fast")));

        Assert.Equal(SampleLevel.High, (await Facts(sample.Level)).Value);
        Assert.Equal(SampleMode.Fast, (await Facts(sample.Mode)).Value);
    }

    [Fact]
    public async Task Unions_take_the_type_that_fits()
    {
        Assert.Equal(1, (await Facts((await Answer(("union", PropertyValue.Of(1)))).Union)).Value.AsT0);
        Assert.Equal("u", (await Facts((await Answer(("union", Text("u")))).Union)).Value.AsT1);
    }

    [Fact]
    public async Task Json_and_nested_outputs_convert()
    {
        var sample = await Answer(("json", Map(("a", List(PropertyValue.Of(1), PropertyValue.Null.Instance)))), ("inner", Text("i")));

        Assert.Equal("""{"a":[1,null]}""", (await Facts(sample.Json)).Value.GetRawText());
        Assert.Equal(("i", true, false), await Facts((await Facts(sample.Inner)).Value));
    }

    [Fact]
    public async Task Assets_and_archives_convert()
    {
        var archive = new PropertyValue.Archive("h", PropertyMap.Of(("a", new PropertyValue.Asset("h", Content: "x"))));
        var sample = await Answer(("file", new PropertyValue.Asset("h", Path: "/f")), ("archive", archive));

        Assert.IsType<FileAsset>((await Facts(sample.File)).Value);
        Assert.IsType<AssetArchive>((await Facts(sample.Archive)).Value);
    }

    [Fact]
    public async Task Something_else_than_an_archive_is_an_archive_that_cannot_be_used()
    {
        var monitor = Answering(("archive", Text("x")));
        Sample? sample = null;
        await Run.Ok(() => sample = new Sample("n"), monitor: monitor);

        Assert.NotNull((await Facts(sample!.Archive)).Value);
        Assert.Empty(monitor.Warnings);
    }

    [Fact]
    public async Task A_name_from_the_property_is_used_when_the_attribute_has_none() =>
        Assert.Equal("u", (await Facts((await Answer(("Unnamed", Text("u")))).Unnamed)).Value);

    [Fact]
    public async Task Secret_anywhere_makes_the_property_secret()
    {
        var sample = await Answer(("map", Map(("k", Text("v").AsSecret()))), ("text", Text("t").AsSecret()), ("number", PropertyValue.Of(1)));

        Assert.True((await Facts(sample.Map)).IsSecret);
        Assert.Equal("v", (await Facts(sample.Map)).Value!["k"]);
        Assert.Equal(("t", true, true), await Facts(sample.Text));
        Assert.False((await Facts(sample.Number)).IsSecret);
    }

    [Fact]
    public async Task Unknown_anywhere_makes_the_property_unknown()
    {
        var sample = await Answer(isDryRun: true, ("list", List(Text("a"), PropertyValue.Unknown.Instance)), ("text", PropertyValue.Unknown.Instance.AsSecret()));

        Assert.False((await Facts(sample.List)).IsKnown);
        Assert.Equal((null, false, true), await Facts(sample.Text));
    }

    [Fact]
    public async Task Internal_members_do_not_mark_the_property()
    {
        var sample = await Answer(("map", Map(("k", Text("v")), ("__secret", Text("x").AsSecret()), ("__unknown", PropertyValue.Unknown.Instance))));

        Assert.Equal((true, false), (await Facts(sample.Map)) is var (_, known, secret) ? (known, secret) : default);
    }

    [Fact]
    public async Task Missing_outputs_are_known_defaults_in_an_update()
    {
        var sample = await Answer();

        Assert.Equal((null, true, false), await Facts(sample.Text));
        Assert.Equal((0, true, false), await Facts(sample.Number));
        Assert.True((await Facts(sample.List)).Value.IsDefault);
    }

    [Fact]
    public async Task Missing_outputs_are_unknown_in_a_preview() => Assert.False((await Facts((await Answer(isDryRun: true)).Text)).IsKnown);

    [Theory]
    [InlineData(RegistrationResult.Failed)]
    [InlineData(RegistrationResult.Skipped)]
    public async Task Missing_outputs_are_unknown_when_the_step_did_not_run(RegistrationResult result)
    {
        var monitor = new FakeMonitor { OnRegister = request => Task.FromResult(FakeMonitor.Echo(request) with { Id = null, Result = result }) };
        Sample? sample = null;
        var applied = false;
        await Run.Ok(
            () =>
            {
                sample = new Sample("n");
                sample.Text.Apply(_ => applied = true);
            },
            monitor: monitor);

        Assert.False((await Facts(sample!.Text)).IsKnown);
        Assert.False((await Facts(sample.Id)).IsKnown);
        Assert.True((await Facts(sample.Urn)).IsKnown);
        Assert.False(applied);
    }

    [Fact]
    public async Task A_value_of_another_type_warns_and_gives_the_default()
    {
        var monitor = Answering(("number", Text("three")), ("list", Text("a")), ("flag", PropertyValue.Of(1)), ("union", PropertyValue.Of(value: true)));
        Sample? sample = null;
        await Run.Ok(() => sample = new Sample("n"), monitor: monitor);

        Assert.Equal((0, true, false), await Facts(sample!.Number));
        Assert.True((await Facts(sample.List)).Value.IsDefault);
        Assert.Equal(4, monitor.Warnings.Count());
        Assert.Contains("Expected System.Int32 but got System.String deserializing AppStack.Sdk.Tests.Support.Sample.number", monitor.Warnings);
        Assert.All(monitor.Logged, message => Assert.Equal(FakeMonitor.UrnOf(parent: null, Sample.Token, "n"), message.Urn));
    }

    [Fact]
    public async Task Outputs_come_from_their_resource()
    {
        var sample = await Answer(("text", Text("t")));

        Assert.Equal(["n"], await Origins(sample.Text));
        Assert.Equal(["n"], await Origins(sample.Id));
        Assert.Equal(["n"], await Origins(sample.Urn));
        Assert.Equal(["n"], await Origins(sample.Number));
    }

    [Fact]
    public async Task References_are_resources()
    {
        var reference = new PropertyValue.Reference("urn:pulumi:stack::project::a:b:C$d:e:F::name::with::colons", Text("id"));
        var resource = Assert.IsType<CustomResource>((await Facts((await Answer(("any", reference))).Any)).Value, exactMatch: false);

        Assert.Equal("d:e:F", resource.GetResourceType());
        Assert.Equal("name::with::colons", resource.GetResourceName());
        Assert.Equal("id", (await Facts(resource.Id)).Value);
    }

    [Theory]
    [InlineData(typeof(BadList))]
    [InlineData(typeof(BadNumber))]
    [InlineData(typeof(BadClass))]
    [InlineData(typeof(BadKey))]
    [InlineData(typeof(BadEnum))]
    public async Task Output_properties_of_other_types_are_refused(Type type)
    {
        var errors = await Run.Failing(() => Activator.CreateInstance(type, System.Reflection.BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null));

        Assert.Contains("contains invalid type", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_properties_that_are_no_outputs_are_refused() =>
        Assert.Contains("must be instances of Output<T>", Assert.Single(await Run.Failing(() => _ = new NotAnOutput())), StringComparison.Ordinal);

    [Fact]
    public async Task Output_properties_without_setter_are_refused() =>
        Assert.Contains("did not have a 'set' method", Assert.Single(await Run.Failing(() => _ = new NoSetter())), StringComparison.Ordinal);

    private static FakeMonitor Answering(params (string Key, PropertyValue Value)[] outputs) => new()
    {
        OnRegister = request => Task.FromResult(FakeMonitor.Echo(request) with { Outputs = PropertyMap.Of(outputs) }),
    };

    private static Task<Sample> Answer(params (string Key, PropertyValue Value)[] outputs) => Answer(isDryRun: false, outputs);

    private static async Task<Sample> Answer(bool isDryRun, params (string Key, PropertyValue Value)[] outputs)
    {
        Sample? sample = null;
        await Run.Ok(() => sample = new Sample("n"), isDryRun, Answering(outputs));
        return sample!;
    }

    private sealed class BadList() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<List<string>> X { get; private set; } = null!;
    }

    private sealed class BadNumber() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<long> X { get; private set; } = null!;
    }

    private sealed class BadClass() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<ImmutableArray<Version>> X { get; private set; } = null!;
    }

    private sealed class BadKey() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<ImmutableDictionary<int, string>> X { get; private set; } = null!;
    }

    private sealed class BadEnum() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<System.Security.AccessControl.AceFlags> X { get; private set; } = null!;
    }

    private sealed class NotAnOutput() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public string X { get; private set; } = null!;
    }

    private sealed class NoSetter() : CustomResource("a:b:C", "n", args: null)
    {
        [Output("x")]
        public Output<string> X { get; } = null!;
    }
}
