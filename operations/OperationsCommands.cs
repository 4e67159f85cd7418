using AppStack.Operations.Benchmarks;
using AppStack.Operations.Clusters;
using AppStack.Operations.Databases;
using AppStack.Operations.Drills;
using AppStack.Operations.Status;
using AppStack.Operations.Verification;
using AppStack.Operations.Waf;
using AppStack.Ssh;

namespace AppStack.Operations;

/// <summary>What the command line calls.</summary>
/// <param name="context">Where to look and where to write.</param>
public sealed class OperationsCommands(OperationsContext context)
{
    /// <summary>Name of the environment.</summary>
    public string Environment => context.Environment.Name;

    /// <summary>The drills that there are, with a line of help each.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Scenarios { get; } = DrillCommand.Summaries;

    /// <summary>The benchmarks that there are, with a line of help each.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Benchmarks { get; } = BenchmarkCommand.Summaries;

    /// <summary>The nodes that are not as the last update left them, in the descriptor's order.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Each node with what differs.</returns>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> DriftAsync(CancellationToken cancellationToken)
    {
        await using var ssh = new SshClient();
        var report = await Verifier(ssh).RunAsync(cancellationToken);
        return [.. report.Off.Where(check => check.Name == ProbeScript.Drift).Select(check => KeyValuePair.Create(check.Node, check.Detail))];
    }

    /// <summary>Looks at the real thing and compares with the descriptor.</summary>
    /// <param name="json">Whether to print one JSON object instead of a table.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public async Task<int> VerifyAsync(bool json, CancellationToken cancellationToken)
    {
        await using var ssh = new SshClient();
        var report = await Verifier(ssh).RunAsync(cancellationToken);
        if (json)
        {
            await context.Out.WriteLineAsync(VerifyReportWriter.ToJson(report));
        }
        else
        {
            VerifyTable.Write(context.Console, report);
        }

        return report.Ok ? OperationsExitCode.Ok : OperationsExitCode.Off;
    }

    /// <summary>Shows the platform as the way of a request, with how each part is.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> StatusAsync(StatusOptions options, CancellationToken cancellationToken) => new StatusCommand(context, TimeProvider.System).RunAsync(options, cancellationToken);

    /// <summary>Runs a drill.</summary>
    /// <param name="scenario">One of <see cref="Scenarios"/>.</param>
    /// <param name="settings">What the caller may choose.</param>
    /// <param name="json">Whether to print one JSON object instead of a table.</param>
    /// <param name="cancellationToken">Ends the drill early; the fault is still taken back.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> DrillAsync(string scenario, DrillSettings settings, bool json, CancellationToken cancellationToken) =>
        new DrillCommand(context).RunAsync(scenario, settings, json, cancellationToken);

    /// <summary>Looks at a database cluster, or changes who leads it.</summary>
    /// <param name="order">What to do.</param>
    /// <param name="cancellationToken">Ends the waiting, not what was ordered.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> DatabaseAsync(DatabaseOrder order, CancellationToken cancellationToken) => new DatabaseCommand(context).RunAsync(order, cancellationToken);

    /// <summary>Shows events of the web application firewall, as monitoring nodes store them.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> WafEventsAsync(WafEventsOrder order, CancellationToken cancellationToken) => new WafEventsCommand(context, TimeProvider.System).RunAsync(order, cancellationToken);

    /// <summary>Puts a Kubernetes cluster back to a snapshot of etcd.</summary>
    /// <param name="order">Which cluster, and to what.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing was stopped.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> RestoreClusterAsync(ClusterOrder order, CancellationToken cancellationToken) => new ClusterRestoreCommand(context).RunAsync(order, cancellationToken);

    /// <summary>Runs a benchmark.</summary>
    /// <param name="name">One of <see cref="Benchmarks"/>.</param>
    /// <param name="json">Whether to print a JSON list instead of a table.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>An <see cref="OperationsExitCode"/>.</returns>
    public Task<int> BenchAsync(string name, bool json, CancellationToken cancellationToken) =>
        new BenchmarkCommand(context).RunAsync(name, json, cancellationToken);

    private Verifier Verifier(SshClient ssh) => new(ssh, PlatformExpectations.From(context.Environment), NodeEndpoints.For(context.Environment));
}
