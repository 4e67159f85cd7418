using System.Net;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// Throughput from the client through router and load balancers, beside that straight to a backend: client, router, load balancers and backends
/// share the machine.
/// </summary>
internal sealed class EdgeBenchmark : IBenchmark
{
    /// <summary>The backends' port without PROXY protocol, open to clients in labs only.</summary>
    private const int DirectPort = 8081;
    private const string Path = "/bench";

    // Many short rounds.
    private const int Rounds = 7;
    private const int SecondsPerRound = 2;

    // One per core, as wrk's manual advises. One alone is what limits the way through the load balancers, whose two HAProxy processes then
    // have a core to themselves half of the time (measured: 44,000/s against 51,000/s with two).
    private const int ClientThreads = 2;

    /// <summary>What the platform reached when its design was tried out: 0.60 with kept-alive connections; the target leaves room for a busy machine.</summary>
    private const double KeepAliveTarget = 0.55;

    /// <summary>As above: 0.44 with a connection per request.</summary>
    private const double NewConnectionsTarget = 0.42;

    public string Name => "edge";

    public string Summary => "throughput through router and load balancer, beside that straight to a backend";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        var backend = environment.NodesOf(NodeRole.Backend).FirstOrDefault();
        var frontend = environment.Edge?.Frontends.FirstOrDefault();
        if (backend is null)
        {
            throw new InvalidOperationException($"{environment.Name} has no node with the role backend, to which the way without the edge would lead; the environment 'edge' has: appstack up edge, appstack bench {Name} edge");
        }

        if (client is null || backend.V4 is null || frontend is null)
        {
            throw new InvalidOperationException($"{environment.Name} lacks a client, a backend with an IPv4 address or a frontend to measure");
        }

        await using var ssh = new SshClient();
        var runner = new Runner(ssh, NodeEndpoints.For(environment)[client.Name], progress);
        var through = new IPEndPoint(frontend.Vip.V4, frontend.Port);
        var direct = new IPEndPoint(backend.V4, DirectPort);
        return
        [
            .. await runner.CompareAsync("kept alive", "", through, direct, KeepAliveTarget, cancellationToken),
            .. await runner.CompareAsync("connection per request", "--header 'Connection: close' ", through, direct, NewConnectionsTarget, cancellationToken),
        ];
    }

    private sealed class Runner(ISshClient ssh, SshEndpoint client, Action<string> progress)
    {
        public Task<IReadOnlyList<BenchResult>> CompareAsync(
            string mode, string options, IPEndPoint through, IPEndPoint direct, double target, CancellationToken cancellationToken) =>
            new Turns(mode, "requests/s", Rounds).CompareAsync(
                ("straight to a backend", () => MeasureAsync(options, direct, cancellationToken)),
                ("through router and load balancer", () => MeasureAsync(options, through, cancellationToken)),
                target,
                progress);

        private async Task<double> MeasureAsync(string options, IPEndPoint target, CancellationToken cancellationToken)
        {
            var command = $"wrk --threads {ClientThreads} --connections 50 --duration {SecondsPerRound}s {options}http://{target}{Path}";
            var result = await ssh.RunAsync(client, command, cancellationToken);
            var measured = WrkResult.Parse(result.Stdout + result.Stderr);
            if (measured.Errors.Length > 0)
            {
                progress($"http://{target}{Path}: {measured.Errors}");
            }

            return measured.RequestsPerSecond;
        }
    }
}
