using System.Globalization;
using System.Text.Json;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// What the web application firewall costs on the whole way: the same requests of a citizen through router, load balancers and ingress to a service, as
/// everybody asks it, and below a path that has no firewall. All of them share the machine with the client.
/// </summary>
internal sealed class IngressBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const int SecondsPerRound = 3;

    // One per core, as wrk's manual advises.
    private const int ClientThreads = 2;
    private const int Connections = 16;

    /// <summary>The service that issues documents.</summary>
    private const string Dilosi = "dilosi";

    /// <summary>The path below which there is no firewall meanwhile.</summary>
    private const string Unguarded = "/unguarded";

    /// <summary>What is asked for a small page; a spike reached 0.10 with Debian's defaults in front of a page of nginx' own.</summary>
    private const double GetTarget = 0.15;

    public string Name => "ingress";

    public string Summary => "requests on the whole way, with the web application firewall and without";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        var cluster = environment.Clusters.FirstOrDefault(found => found.Ingress is not null);
        var http = Door(environment, cluster is null ? "" : ClusterIngressSpec.HttpBackend(cluster.Name));
        var https = Door(environment, cluster is null ? "" : ClusterIngressSpec.HttpsBackend(cluster.Name));
        if (client is null || cluster is null || http is null || https is null || environment.Lab is null)
        {
            throw new InvalidOperationException($"{environment.Name} lacks a lab with a client and with frontends (HTTP and HTTPS) that lead to the ingress of a Kubernetes cluster");
        }

        await using var ssh = new SshClient();
        var endpoints = NodeEndpoints.For(environment);
        var runner = new Runner(ssh, endpoints[client.Name], endpoints[cluster.ControlPlanes[0].Name], progress);
        var results = new List<BenchResult>();
        await runner.WithoutFirewallAsync(WelcomeSpec.Name, async _ =>
        {
            // Its route has all hosts that no other has.
            var requests = new SampleRequests("welcome.example");
            results.AddRange(await runner.CompareAsync("small page", http, "/page", requests.Get, GetTarget, cancellationToken));
            results.AddRange(await runner.CompareAsync("form of 2 KB", http, "/form", requests.Form, null, cancellationToken));
        }, cancellationToken);
        if (!await runner.IsServedAsync(Dilosi, cancellationToken))
        {
            progress($"{Dilosi} is not deployed, so its requests are left out: appstack up {environment.Name}-{Dilosi}");
            return results;
        }

        await runner.WithoutFirewallAsync(Dilosi, async host =>
        {
            var requests = new SampleRequests(host);
            results.AddRange(await runner.CompareAsync("dilosi, declaration", https, "/api/declarations", requests.Declaration, null, cancellationToken));
            var code = await runner.IssueAsync(https, host, cancellationToken);
            results.AddRange(await runner.CompareAsync("dilosi, verification", https, $"/api/verifications/{code}", requests.Get, null, cancellationToken));
        }, cancellationToken);
        return results;
    }

    private static Uri? Door(EnvironmentSpec environment, string backend) =>
        environment.Edge?.Frontends.FirstOrDefault(found => found.Backend == backend) is { } frontend
            ? new UriBuilder(backend.EndsWith("https", StringComparison.Ordinal) ? "https" : "http", frontend.Vip.V4.ToString(), frontend.Port).Uri
            : null;

    private sealed class Runner(ISshClient ssh, SshEndpoint client, SshEndpoint controlPlane, Action<string> progress)
    {
        public async Task<bool> IsServedAsync(string service, CancellationToken cancellationToken) =>
            (await OnControlPlaneAsync("status", cancellationToken)).Contains($"\"service\":\"{service}\"", StringComparison.Ordinal);

        /// <summary>Measures while a service is also served without firewall; given is the first of its hosts.</summary>
        public async Task WithoutFirewallAsync(string service, Func<string, Task> measure, CancellationToken cancellationToken)
        {
            progress($"{service} is served without the firewall, too, below {Unguarded}");
            try
            {
                using var route = JsonDocument.Parse(await OnControlPlaneAsync($"unguard {service} {Unguarded}", cancellationToken));
                await measure(route.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()!).FirstOrDefault() ?? "");
            }
            finally
            {
                await OnControlPlaneAsync($"own_rules {service}", CancellationToken.None);
            }
        }

        public Task<IReadOnlyList<BenchResult>> CompareAsync(string mode, Uri door, string path, string script, double? target, CancellationToken cancellationToken) =>
            new Turns(mode, "requests/s", Rounds).CompareAsync(
                ("off", () => MeasureAsync(new(door, Unguarded + path), script, cancellationToken)),
                ("on", () => MeasureAsync(new(door, path), script, cancellationToken)),
                target,
                progress);

        /// <summary>Issues a document.</summary>
        /// <returns>Its code.</returns>
        public async Task<string> IssueAsync(Uri door, string host, CancellationToken cancellationToken)
        {
            var url = $"https://{host}:{door.Port.ToString(CultureInfo.InvariantCulture)}/api/declarations";
            var command = $"curl --silent --show-error --fail-with-body --insecure --max-time 10 --resolve '{host}:{door.Port}:{door.Host}' " +
                $"--header 'Content-Type: application/json' --header 'Idempotency-Key: bench-{Guid.NewGuid():N}' --data @- '{url}'";
            var answer = (await ssh.RunAsync(client, new SshCommand(command) { Stdin = SshInput.Of(SampleRequests.Document) }, cancellationToken)).EnsureSuccess("a document").Stdout;
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.GetProperty("code").GetString()!;
        }

        private async Task<double> MeasureAsync(Uri url, string script, CancellationToken cancellationToken)
        {
            var command = "set -e; f=$(mktemp); trap 'rm -f \"$f\"' EXIT; cat >\"$f\"; " +
                $"wrk --threads {ClientThreads} --connections {Connections} --duration {SecondsPerRound}s --timeout 5s --script \"$f\" {url}";
            var result = await ssh.RunAsync(client, new SshCommand(command) { Stdin = SshInput.Of(script) }, cancellationToken);
            var measured = WrkResult.Parse(result.Stdout + result.Stderr);
            return measured.Errors.Length == 0 ? measured.RequestsPerSecond : throw new InvalidOperationException($"not every request to {url} was answered: {measured.Errors}");
        }

        private async Task<string> OnControlPlaneAsync(string verb, CancellationToken cancellationToken) =>
            (await ssh.RunAsync(controlPlane, $"{KubernetesPaths.Tool} {verb}", cancellationToken)).EnsureSuccess($"`{verb}` on the control plane").Stdout;
    }
}
