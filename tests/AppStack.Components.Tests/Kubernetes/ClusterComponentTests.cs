using System.Collections.Concurrent;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Tests.Nodes;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Components.Tests.Kubernetes;

public sealed class ClusterComponentTests
{
    private const string CommandType = "command:remote:Command";
    private const string Kubeconfig = """{"clusters":[{"name":"gov","cluster":{"server":"https://api.gov.internal:6443"}}]}""";
    private readonly ConcurrentQueue<MockResourceArgs> _commands = new();
    private readonly Mock<IMocks> _mocks = new();

    public ClusterComponentTests()
        => _mocks.Setup(m => m.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            if (args.Type == CommandType)
            {
                _commands.Enqueue(args);
            }

            var state = args.Inputs
                .Add("base64", ClusterExamples.Secrets.EncryptionKey)
                .Add("hex", ClusterExamples.Secrets.CertificateKey)
                .Add("stdout", args.Name == "gov-init" ? Kubeconfig : $"output of {args.Name}");
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", state));
        });

    [Fact]
    public async Task A_worker_is_admitted_joins_and_is_settled_in_this_order()
    {
        await RunAsync(() => Cluster(ClusterExamples.Lab));

        var names = _commands.Select(command => command.Name).ToList();
        Assert.True(names.IndexOf("gov-init") < names.IndexOf("gov-gov-worker-1-admit"));
        Assert.True(names.IndexOf("gov-gov-worker-1-admit") < names.IndexOf("gov-gov-worker-1-join"));
        Assert.True(names.IndexOf("gov-gov-worker-1-join") < names.IndexOf("gov-gov-worker-1-ready"));
    }

    [Fact]
    public async Task Nodes_are_drained_given_their_programs_upgraded_and_returned_one_after_the_other_control_planes_first()
    {
        await RunAsync(() => Cluster(ClusterExamples.Production));

        string[] steps = ["retire", "release", "upgrade", "return"];
        var expected = ClusterExamples.Production.ControlPlanes.Concat(ClusterExamples.Production.Workers).SelectMany(node => steps.Select(step => $"gov-{node.Name}-{step}"));
        Assert.Equal(expected, _commands.Select(command => command.Name).Where(name => steps.Any(step => name!.EndsWith($"-{step}", StringComparison.Ordinal))));
        Assert.Equal("/usr/local/sbin/appstack-kubernetes retire gov-cp-2 1.34.2 33,34 31", _commands.Single(command => command.Name == "gov-gov-cp-2-retire").Inputs["update"]);
        Assert.Equal("/usr/local/sbin/appstack-kubernetes upgrade 1.34.2", _commands.Single(command => command.Name == "gov-gov-cp-2-upgrade").Inputs["update"]);
    }

    [Fact]
    public async Task A_worker_does_not_wait_for_another_one_to_join()
    {
        var joining = new TaskCompletionSource();
        _mocks.Setup(m => m.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Name == "gov-gov-worker-1-join"))).Returns(async (MockResourceArgs args) =>
        {
            await joining.Task;
            return ($"{args.Name}_id", args.Inputs);
        });
        _mocks.Setup(m => m.NewResourceAsync(It.Is<MockResourceArgs>(args => args.Name == "gov-gov-worker-2-join"))).Returns((MockResourceArgs args) =>
        {
            joining.SetResult();
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", args.Inputs));
        });

        await RunAsync(() => Cluster(ClusterExamples.Lab)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_token_travels_on_standard_input_only()
    {
        await RunAsync(() => Cluster(ClusterExamples.Lab));

        var join = _commands.Single(command => command.Name == "gov-gov-worker-1-join");
        Assert.Equal("output of gov-gov-worker-1-admit", join.Inputs["stdin"]);
        Assert.Equal("/usr/local/sbin/appstack-kubernetes join worker", join.Inputs["create"]);
        Assert.Equal("/usr/local/sbin/appstack-kubernetes leave", join.Inputs["delete"]);
    }

    [Fact]
    public async Task A_node_that_goes_is_drained_by_a_control_plane()
    {
        await RunAsync(() => Cluster(ClusterExamples.Lab));

        Assert.Equal("/usr/local/sbin/appstack-kubernetes release gov-worker-2", _commands.Single(command => command.Name == "gov-gov-worker-2-ready").Inputs["delete"]);
    }

    [Fact]
    public async Task The_kubeconfig_is_secret_and_points_to_the_cluster()
    {
        Output<string>? kubeconfig = null;
        await RunAsync(() => kubeconfig = Cluster(ClusterExamples.Lab).Kubeconfig);

        Assert.True(await Output.IsSecretAsync(kubeconfig!));
        var text = new TaskCompletionSource<string>();
        await RunAsync(() => Cluster(ClusterExamples.Lab).Kubeconfig.Apply(found =>
        {
            text.SetResult(found);
            return found;
        }));
        Assert.Contains("https://10.1.0.11:6443", await text.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_cluster_is_refused_before_any_node_is_touched()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(() => Cluster(ClusterExamples.Lab with { ServiceNetwork = "10.2.0.0/20" })));

        Assert.Contains("overlaps", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(_commands);
    }

    private static KubernetesCluster Cluster(KubernetesClusterSpec spec) => new(
        "gov",
        new() { Spec = spec, Nodes = spec.Nodes.ToDictionary(node => node.Name, node => ExampleNode.Named(node.Name), StringComparer.Ordinal) });

    private Task RunAsync(Action program) => Deployment.TestAsync(_mocks.Object, new TestOptions { IsPreview = false }, program);
}
