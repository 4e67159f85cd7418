using System.Collections.Concurrent;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Tests.Nodes;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Components.Tests.LoadBalancing;

public sealed class ComponentTests
{
    private const string CommandType = "command:remote:Command";
    private readonly ConcurrentQueue<MockResourceArgs> _registered = new();
    private readonly Mock<IMocks> _mocks = new();

    public ComponentTests()
        => _mocks.Setup(m => m.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            _registered.Enqueue(args);
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", args.Inputs.Add("stdout", "{\"changed\":true}")));
        });

    [Fact]
    public async Task A_node_by_itself_runs_nothing()
    {
        await RunAsync(() => ExampleNode.Named("web-1"));

        Assert.DoesNotContain(_registered, r => r.Type == CommandType);
    }

    [Fact]
    public async Task A_backend_is_one_command_that_creates_and_updates_alike()
    {
        await RunAsync(() => new WebBackend("web-1", new() { Node = ExampleNode.Named("web-1"), Spec = EdgeExamples.Web }));

        var command = Assert.Single(_registered, r => r.Type == CommandType);
        Assert.Equal("web-1-bundle", command.Name);
        Assert.Equal("exec perl - apply", command.Inputs["create"]);
        Assert.Equal(command.Inputs["create"], command.Inputs["update"]);
        Assert.Equal("exec perl - remove", command.Inputs["delete"]);
        Assert.Equal(BundleRenderer.Payload(WebBackendRenderer.Bundle(EdgeExamples.Web), "disk-web-1"), command.Inputs["stdin"]);
        Assert.Equal(false, command.Inputs["addPreviousOutputInEnv"]);
        Assert.False(command.Inputs.TryGetValue("triggers", out var triggers) && triggers is System.Collections.ICollection { Count: > 0 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_sent_is_secret_when_a_file_is(bool secret)
    {
        Output<string>? payload = null;
        await RunAsync(() => payload = ExampleNode.Named("db").Payload(
            new Bundle { Role = "db", Files = [new() { Path = "/etc/db/password", Content = "x", Mode = "0600", Secret = secret }] }));

        Assert.Equal(secret, await Output.IsSecretAsync(payload!));
    }

    [Fact]
    public async Task A_router_brings_bird()
    {
        await RunAsync(() => new BgpRouter("router", new() { Node = ExampleNode.Named("router-1"), Spec = EdgeExamples.Router }));

        Assert.Contains("package: bird2\n", (string)Assert.Single(_registered, r => r.Type == CommandType).Inputs["stdin"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_balancers_are_changed_one_after_the_other()
    {
        var started = new ConcurrentQueue<string>();
        _mocks.Setup(m => m.NewResourceAsync(It.Is<MockResourceArgs>(a => a.Type == CommandType))).Returns(async (MockResourceArgs args) =>
        {
            started.Enqueue($"begin {args.Name}");
            await Task.Yield();
            started.Enqueue($"end {args.Name}");
            return ($"{args.Name}_id", args.Inputs);
        });

        await RunAsync(() => Group(EdgeExamples.Group));

        Assert.Equal(["begin edge-lb-1-bundle", "end edge-lb-1-bundle", "begin edge-lb-2-bundle", "end edge-lb-2-bundle"], started);
    }

    [Fact]
    public async Task Load_balancers_are_changed_at_once_when_rolling_is_off()
    {
        var second = new TaskCompletionSource();
        _mocks.Setup(m => m.NewResourceAsync(It.Is<MockResourceArgs>(a => a.Type == CommandType))).Returns(async (MockResourceArgs args) =>
        {
            // The first ends only after the second has begun: in turns, this would wait for ever.
            if (args.Name == "edge-lb-2-bundle")
            {
                second.SetResult();
            }

            await second.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return ($"{args.Name}_id", args.Inputs);
        });

        await RunAsync(() => Group(EdgeExamples.Group with { Rolling = false }));
    }

    [Fact]
    public async Task An_invalid_group_is_refused_with_all_its_problems()
    {
        var group = EdgeExamples.Group with { Asn = 0, Vips = [] };

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(() => Group(group)));

        Assert.Contains("asn: 0 is not a usable AS number", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("vips: is empty", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_a_machine_is_refused()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(() => new LoadBalancerGroup(
            "edge",
            new() { Spec = EdgeExamples.Group, Nodes = new Dictionary<string, BareMetalNode>(StringComparer.Ordinal) { ["lb-1"] = ExampleNode.Named("lb-1") } })));

        Assert.Contains("no machine is given for 'lb-2'", refused.ToString(), StringComparison.Ordinal);
    }

    private static LoadBalancerGroup Group(LoadBalancerGroupSpec spec) => new(
        "edge",
        new() { Spec = spec, Nodes = spec.Nodes.ToDictionary(n => n.Name, n => ExampleNode.Named(n.Name), StringComparer.Ordinal) });

    private Task RunAsync(Action program) => Deployment.TestAsync(_mocks.Object, new TestOptions { IsPreview = false }, program);
}
