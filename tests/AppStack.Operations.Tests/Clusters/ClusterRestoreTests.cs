using System.Collections.Concurrent;
using AppStack.Operations.Clusters;
using AppStack.Operations.Drills;

namespace AppStack.Operations.Tests.Clusters;

public sealed class ClusterRestoreTests
{
    private const string Tool = "/usr/local/sbin/appstack-kubernetes";
    private static readonly string[] All = ["cp-1", "cp-2", "cp-3"];

    [Fact]
    public async Task All_control_planes_get_the_snapshot_and_take_each_step_together()
    {
        var nodes = new FakeNodes();

        await new ClusterRestore(nodes).RunAsync(All, "cp-2", "/s/1.db", CancellationToken.None);

        Assert.Equal(
            [
                "copy cp-2 -> cp-1, cp-3: /s/1.db",
                .. Everywhere("restore_prepare /s/1.db"), .. Everywhere("restore_stop"), .. Everywhere("restore_swap"), .. Everywhere("restore_start"),
            ],
            nodes.Log);
    }

    [Fact]
    public async Task One_control_plane_needs_no_copy()
    {
        var nodes = new FakeNodes();

        await new ClusterRestore(nodes).RunAsync(["cp-1"], "cp-1", "/s/1.db", CancellationToken.None);

        Assert.Equal($"cp-1: {Tool} restore_prepare /s/1.db", nodes.Log.First());
    }

    [Theory]
    [InlineData("restore_prepare", "cp-3: no", "restore_stop restore_swap restore_start")]
    [InlineData("restore_stop", "all control planes run with what they had", "restore_swap")]
    [InlineData("restore_swap", "The control planes are stopped", "restore_start")]
    public async Task Where_a_step_fails_no_part_of_the_cluster_goes_on_alone(string failing, string says, string never)
    {
        var nodes = new FakeNodes { Failing = ("cp-3", failing) };

        var exception = await Assert.ThrowsAsync<OperationException>(() => new ClusterRestore(nodes).RunAsync(All, "cp-1", "/s/1.db", CancellationToken.None));

        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.All(never.Split(' '), verb => Assert.DoesNotContain(nodes.Log, line => line.Contains(verb, StringComparison.Ordinal)));
        Assert.Equal(failing == "restore_stop", nodes.Log.Any(line => line.EndsWith("restore_start", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_gives_up_before_anything_stopped_changes_nothing()
    {
        using var given = new CancellationTokenSource();
        var nodes = new FakeNodes { OnCopy = given.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ClusterRestore(nodes).RunAsync(All, "cp-1", "/s/1.db", given.Token));

        Assert.DoesNotContain(nodes.Log, line => line.Contains("restore_stop", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Everywhere(string verb) => All.Select(node => $"{node}: {Tool} {verb}");

    private sealed class FakeNodes : IClusterNodes
    {
        public ConcurrentQueue<string> Log { get; } = new();

        public (string Node, string Verb) Failing { get; init; }

        public Action OnCopy { get; init; } = () => { };

        public Task<string> RunAsync(string node, string command, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.Enqueue($"{node}: {command}");
            return node == Failing.Node && command.Contains(Failing.Verb, StringComparison.Ordinal) ? Task.FromException<string>(new OperationException($"{node}: no")) : Task.FromResult("");
        }

        public Task CopyAsync(string from, IReadOnlyCollection<string> to, string path, CancellationToken cancellationToken)
        {
            Log.Enqueue($"copy {from} -> {string.Join(", ", to)}: {path}");
            OnCopy();
            return Task.CompletedTask;
        }
    }
}
