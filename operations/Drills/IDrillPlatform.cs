using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills;

/// <summary>What a drill does to the world; the seam at which the runner is tested.</summary>
internal interface IDrillPlatform : IVerifiedPlatform
{
    /// <summary>Takes a machine's power away, cable first, so that nothing says good-bye for it.</summary>
    Task PowerOffAsync(string node, CancellationToken cancellationToken);

    /// <summary>Gives it back; returns when the machine answers.</summary>
    Task PowerOnAsync(string node, CancellationToken cancellationToken);

    /// <summary>Runs a shell command on a node.</summary>
    /// <exception cref="OperationException">The command failed; with node, command and what it said.</exception>
    Task RunAsync(string node, string command, CancellationToken cancellationToken);

    /// <summary>Puts a Kubernetes cluster back to a snapshot.</summary>
    /// <param name="controlPlanes">All of its control planes.</param>
    /// <param name="source">The one that has the snapshot.</param>
    /// <param name="file">The snapshot there.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing was stopped.</param>
    /// <exception cref="OperationException">It did not work.</exception>
    Task RestoreClusterAsync(IReadOnlyList<string> controlPlanes, string source, string file, CancellationToken cancellationToken);

    /// <summary>Starts load from the client node.</summary>
    /// <param name="rate">Requests per second.</param>
    /// <param name="connections">Kept-alive connections; 0 for a new one per request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IDrillLoad> StartLoadAsync(double rate, int connections, CancellationToken cancellationToken);
}
