using AppStack.Engine.Model.Values;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Resources;

public sealed class ComponentTests
{
    [Fact]
    public async Task RegisterOutputs_sends_the_marked_properties()
    {
        var monitor = await Run.Ok(() => _ = new Group("g"));

        Assert.Equal(
            PropertyMap.Of(("Exported", Text("exported by g")), ("other", PropertyValue.Of(1))),
            monitor.Outputs[FakeMonitor.UrnOf(parent: null, Group.Token, "g")]);
    }

    [Fact]
    public async Task Args_are_recorded()
    {
        var monitor = await Run.Ok(() => _ = new Group("g", args: new SampleArgs { Text = "t" }));

        Assert.Equal(PropertyMap.Of(("text", Text("t"))), monitor.Request("g").Inputs);
        Assert.False(monitor.Request("g").Custom);
    }

    [Fact]
    public async Task Children_name_the_component_as_parent()
    {
        var monitor = await Run.Ok(() => _ = new Group("g", group => _ = new Sample("child", options: new CustomResourceOptions { Parent = group })));

        Assert.Equal(FakeMonitor.UrnOf(parent: null, Group.Token, "g"), monitor.Request("child").Parent);
    }

    [Fact]
    public async Task Outputs_may_be_given_in_every_form()
    {
        var monitor = await Run.Ok(() =>
        {
            _ = new Exporting("plain", component => component.Export(new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = Later("x"), ["n"] = null }));
            _ = new Exporting("task", component => component.Export(Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1 })));
            _ = new Exporting("output", component => component.Export(Output.CreateSecret<IDictionary<string, object?>>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1 })));
        });
        PropertyMap Of(string name) => monitor.Outputs[FakeMonitor.UrnOf(parent: null, Group.Token, name)];

        Assert.Equal(PropertyMap.Of(("a", Text("x"))), Of("plain"));
        Assert.Equal(PropertyMap.Of(("a", PropertyValue.Of(1))), Of("task"));
        Assert.Equal(PropertyMap.Of(("a", PropertyValue.Of(1).AsSecret())), Of("output"));
    }

    [Fact]
    public async Task Unknown_outputs_are_sent_as_unknown()
    {
        var monitor = await Run.Ok(
            () => _ = new Exporting("g", component => component.Export(new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = Unknown<string>() })),
            isDryRun: true);

        Assert.Equal(PropertyValue.Unknown.Instance, monitor.Outputs.Single(pair => pair.Key.EndsWith("::g", StringComparison.Ordinal)).Value["a"]);
    }

    [Fact]
    public async Task Remote_components_are_refused_by_name()
    {
        var errors = await Run.Failing(() => _ = new ComponentResource("a:b:C", "n", ResourceArgs.Empty, options: null, remote: true));

        Assert.Contains("'n' of type 'a:b:C' is remote", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_that_a_component_initialises_are_left_alone()
    {
        var value = "";
        await Run.Ok(async () => value = (await Facts(new Initialising("g").Answer)).Value);

        Assert.Equal("initial", value);
    }

    private sealed class Exporting : ComponentResource
    {
        public Exporting(string name, Action<Exporting> export)
            : base(Group.Token, name) => export(this);

        public void Export(IDictionary<string, object?> outputs) => RegisterOutputs(outputs);

        public void Export(Task<IDictionary<string, object?>> outputs) => RegisterOutputs(outputs);

        public void Export(Output<IDictionary<string, object?>> outputs) => RegisterOutputs(outputs);
    }

    private sealed class Initialising(string name) : ComponentResource(Group.Token, name)
    {
        [Output]
        public Output<string> Answer { get; } = Output.Create("initial");
    }
}
