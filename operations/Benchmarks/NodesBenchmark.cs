using System.Diagnostics;
using AppStack.Components.Nodes.Bundles;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Benchmarks;

/// <summary>How long a change of one HAProxy option takes on 8 nodes at once, and how long it takes to know that all 8 are as they should be.</summary>
internal sealed class NodesBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private const int MaxConnections = 4000;

    /// <summary>Ansible 2.14 with pipelining and 8 forks needs 19 s for such a change on such a lab.</summary>
    private const double ChangeTarget = 2;

    /// <summary>Ansible 2.14 needs 17 s to find that there is nothing to do.</summary>
    private const double DriftTarget = 1.5;

    public string Name => "nodes";

    public string Summary => "one changed HAProxy option on 8 nodes at once, and their drift check, in a lab of its own";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var descriptor = folder.Write($"{BenchDescriptor.Name}.yaml", BenchDescriptor.Render(MaxConnections));
        try
        {
            progress($"making a lab with {BenchDescriptor.LoadBalancers} load balancers");
            var first = (await SelfProcess.RunAsync(["up", descriptor, "--yes"], cancellationToken)).TotalSeconds;
            var changes = new List<double>();
            var drifts = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                progress($"changing an option: round {round} of {Rounds}");
                folder.Write($"{BenchDescriptor.Name}.yaml", BenchDescriptor.Render(MaxConnections + round));
                changes.Add((await SelfProcess.RunAsync(["up", descriptor, "--yes"], cancellationToken)).TotalSeconds);
                progress($"drift check: round {round} of {Rounds}");
                drifts.Add(await DriftAsync(EnvironmentReader.ReadFile(descriptor), cancellationToken));
            }

            return
            [
                new BenchResult("one HAProxy option changed on 8 nodes (whole `up`)", Median.Of(changes), "s", ChangeTarget),
                new BenchResult("drift check of 8 nodes", Median.Of(drifts), "s", DriftTarget),
                new BenchResult("first `up` of the lab with 10 nodes", first, "s"),
            ];
        }
        finally
        {
            progress("removing the lab");
            await SelfProcess.RunAsync(["destroy", descriptor, "--yes"], CancellationToken.None);
        }
    }

    /// <summary>Checks all load balancers at once, connections included: nothing is warm that would not be for somebody who just asks.</summary>
    private static async Task<double> DriftAsync(EnvironmentSpec environment, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var endpoints = NodeEndpoints.For(environment);
        await using var ssh = new SshClient();
        await Task.WhenAll(environment.NodesOf(NodeRole.LoadBalancer).Select(async node =>
        {
            var result = await ssh.RunAsync(
                endpoints[node.Name], new SshCommand(DriftCheck.Command) { Stdin = SshInput.Of(DriftCheck.Script) }, cancellationToken);
            var drift = DriftCheck.Parse(result.EnsureSuccess("drift check").Stdout);
            if (!drift.Deviations.IsEmpty)
            {
                throw new InvalidOperationException($"{node.Name}: {string.Join("; ", drift.Deviations)}");
            }
        }));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
