using System.Diagnostics;
using AppStack.Ssh;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Verification;

/// <summary>Looks at all nodes at once, one SSH round trip each, and then from a client at the services that clusters told of.</summary>
/// <param name="ssh">Runs the probes.</param>
/// <param name="nodes">What is expected of each node.</param>
/// <param name="endpoints">How each node is reached, by name.</param>
public sealed class Verifier(ISshClient ssh, IReadOnlyList<NodeExpectation> nodes, IReadOnlyDictionary<string, SshEndpoint> endpoints)
{
    /// <summary>
    /// A node that does not answer within this time is off. Slow answers of a frontend are part of the probe, so this is longer than
    /// what the probe itself waits for.
    /// </summary>
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Somebody waits for the answer, and a node that is there answers in milliseconds.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    /// <summary>Tries an endpoint of a pooler; tests have another one.</summary>
    internal Func<PoolerLogin, PoolerEndpoint, CancellationToken, Task<LoginOutcome>> TryAsync { get; init; } = (login, endpoint, cancellationToken) => login.TryAsync(endpoint, cancellationToken);

    /// <summary>Verifies everything.</summary>
    public async Task<VerifyReport> RunAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var seen = await Task.WhenAll(nodes.Select(node => RunAsync(node, cancellationToken)));
        var services = await ServicesAsync([.. seen.SelectMany(found => found.Routes).Distinct()], cancellationToken);
        return new VerifyReport([.. seen.SelectMany(found => found.Checks), .. services], Stopwatch.GetElapsedTime(start).TotalMilliseconds)
        {
            // Monitoring nodes tell each other: what one says, the next one says again.
            Alerts = [.. seen.SelectMany(found => found.Alerts).Distinct().OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.Name, StringComparer.Ordinal).ThenBy(alert => alert.Node, StringComparer.Ordinal)],
        };
    }

    private async Task<(IReadOnlyList<VerifyCheck> Checks, IReadOnlyList<RaisedAlert> Alerts, IReadOnlyList<ServiceRoute> Routes)> RunAsync(NodeExpectation node, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var endpoint = endpoints[node.Name] with { ConnectTimeout = ConnectLimit, DialErrorLimit = 0 };
            var result = await ssh.RunAsync(
                endpoint,
                new SshCommand("bash -s") { Stdin = SshInput.Of(ProbeScript.Render(node)), Timeout = ProbeLimit },
                cancellationToken);
            var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var probe = ProbeOutput.Parse(result.Stdout);
            return (
                [
                    new VerifyCheck("ssh", node.Name, Ok: true, $"{endpoint.User}@{endpoint.Host} answers", ms),
                    .. NodeEvaluator.Evaluate(node, probe).Select(check => check with { Ms = ms }),
                    .. await LoginsAsync(node, probe, cancellationToken),
                ],
                node.Monitoring is null ? [] : MonitoringEvaluator.Raised(probe),
                [.. ServiceRoutes.Of(node, probe)]);
        }
        catch (SshException exception)
        {
            return ([new VerifyCheck("ssh", node.Name, Ok: false, exception.Message, Stopwatch.GetElapsedTime(start).TotalMilliseconds)], [], []);
        }
    }

    // All at once, as soon as the pooler has told what to log in with.
    private async Task<IReadOnlyList<VerifyCheck>> LoginsAsync(NodeExpectation node, ProbeOutput probe, CancellationToken cancellationToken)
    {
        if (node.Endpoints.Count == 0)
        {
            return [];
        }

        using var login = PoolerLogin.Read(probe[ProbeScript.PoolerLogin]);
        return login is null
            ? [LoginEvaluator.Missing(node)]
            : await Task.WhenAll(node.Endpoints.Select(async endpoint => LoginEvaluator.Evaluate(node, endpoint, await TryAsync(login, endpoint, cancellationToken))));
    }

    // The clusters tell which services there are; where there is a client, it asks for each.
    private async Task<IReadOnlyList<VerifyCheck>> ServicesAsync(IReadOnlyList<ServiceRoute> routes, CancellationToken cancellationToken)
    {
        if (routes.Count == 0 || nodes.FirstOrDefault(node => node.Role == NodeRole.Client) is not { } client)
        {
            return [];
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = await ssh.RunAsync(
                endpoints[client.Name] with { ConnectTimeout = ConnectLimit, DialErrorLimit = 0 },
                new SshCommand("bash -s") { Stdin = SshInput.Of(ServiceRoutes.Script(routes)), Timeout = ProbeLimit },
                cancellationToken);
            var ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return [.. ServiceRoutes.Answers(client, routes, ProbeOutput.Parse(result.Stdout)).Select(check => check with { Ms = ms })];
        }
        catch (SshException exception)
        {
            return [new VerifyCheck("service", client.Name, Ok: false, exception.Message, Stopwatch.GetElapsedTime(start).TotalMilliseconds)];
        }
    }
}
