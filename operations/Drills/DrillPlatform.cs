using System.Net;
using AppStack.Components.Lab;
using AppStack.Operations.Clusters;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Ssh;

namespace AppStack.Operations.Drills;

/// <summary>The real platform: machines of a lab, nodes over SSH, load from the client node.</summary>
internal sealed class DrillPlatform(
    LabControl lab,
    ISshClient ssh,
    IReadOnlyDictionary<string, SshEndpoint> endpoints,
    Verifier verifier,
    string client,
    IPEndPoint target) : IDrillPlatform
{
    /// <summary>No command of a drill takes longer: the longest puts a cluster back to a snapshot and starts its servers anew.</summary>
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(180);

    public long NowMicros => MonotonicClock.NowMicros;

    public Task PowerOffAsync(string node, CancellationToken cancellationToken) => lab.PowerOffAsync(node, cancellationToken);

    public Task PowerOnAsync(string node, CancellationToken cancellationToken) => lab.PowerOnAsync(node, cancellationToken);

    public Task RunAsync(string node, string command, CancellationToken cancellationToken) =>
        NodeSsh.RunAsync(ssh, endpoints[node], node, new SshCommand(command) { Timeout = CommandLimit }, cancellationToken);

    public Task RestoreClusterAsync(IReadOnlyList<string> controlPlanes, string source, string file, CancellationToken cancellationToken) =>
        new ClusterRestore(new ClusterNodes(ssh, endpoints)).RunAsync(controlPlanes, source, file, cancellationToken);

    public Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, cancellationToken);

    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) => verifier.RunAsync(cancellationToken);

    public async Task<IDrillLoad> StartLoadAsync(double rate, int connections, CancellationToken cancellationToken)
    {
        var options = new LoadOptions { Target = target, Rate = rate, Connections = connections };
        return new DrillLoad(await LoadProcess.StartAsync(options, LabPaths.For(lab.Lab).NetworkNamespace(client), cancellationToken));
    }
}
