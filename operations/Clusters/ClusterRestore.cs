using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Operations.Clusters;

/// <summary>
/// Puts a Kubernetes cluster back to a snapshot of etcd. All control planes get the same snapshot as members of the same new etcd cluster: prepared beside
/// what runs, so that nothing has happened yet when a node cannot; then all of them stop, swap their data, and start.
/// </summary>
internal sealed class ClusterRestore(IClusterNodes nodes)
{
    /// <summary>Restores.</summary>
    /// <param name="controlPlanes">All control planes of the cluster.</param>
    /// <param name="source">The one that has the snapshot.</param>
    /// <param name="file">The snapshot there.</param>
    /// <param name="cancellationToken">Gives up, as long as nothing was stopped.</param>
    /// <exception cref="OperationException">It did not work; says whether the cluster is as it was.</exception>
    public async Task RunAsync(IReadOnlyList<string> controlPlanes, string source, string file, CancellationToken cancellationToken)
    {
        var others = controlPlanes.Where(node => node != source).ToList();
        if (others.Count > 0)
        {
            await nodes.CopyAsync(source, others, file, cancellationToken);
        }

        await EverywhereAsync(controlPlanes, $"restore_prepare {file}", cancellationToken);
        // From here on half a restore is worse than a whole one.
        try
        {
            await EverywhereAsync(controlPlanes, "restore_stop", CancellationToken.None);
        }
        catch (OperationException exception)
        {
            await EverywhereAsync(controlPlanes, "restore_start", CancellationToken.None);
            throw new OperationException($"{exception.Message}. Nothing was restored; all control planes run with what they had");
        }

        try
        {
            await EverywhereAsync(controlPlanes, "restore_swap", CancellationToken.None);
        }
        catch (OperationException exception)
        {
            // Started now, members of the old cluster and of the new one would each believe to be it.
            throw new OperationException($"{exception.Message}. The control planes are stopped, and some have the snapshot's data already: put that right and restore again");
        }

        await EverywhereAsync(controlPlanes, "restore_start", CancellationToken.None);
    }

    private Task EverywhereAsync(IReadOnlyList<string> controlPlanes, string verb, CancellationToken cancellationToken) =>
        Task.WhenAll(controlPlanes.Select(node => nodes.RunAsync(node, $"{KubernetesPaths.Tool} {verb}", cancellationToken)));
}
