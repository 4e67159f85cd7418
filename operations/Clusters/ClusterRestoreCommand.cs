using AppStack.Components.Kubernetes.Cluster;
using AppStack.Ssh;
using Spectre.Console;

namespace AppStack.Operations.Clusters;

/// <summary><c>appstack cluster restore</c>: a Kubernetes cluster goes back to a snapshot of etcd.</summary>
internal sealed class ClusterRestoreCommand(OperationsContext context)
{
    public async Task<int> RunAsync(ClusterOrder order, CancellationToken cancellationToken)
    {
        var clusters = context.Environment.Clusters;
        var cluster = order.Cluster is null && clusters.Length == 1 ? clusters[0] : clusters.FirstOrDefault(found => found.Name == order.Cluster);
        if (cluster is null)
        {
            return Complain(OperationsExitCode.BadInput, clusters.IsEmpty ? $"{context.Environment.Name} has no Kubernetes cluster"
                : $"which cluster of {context.Environment.Name}? There are: {string.Join(", ", clusters.Select(found => found.Name))}");
        }

        List<string> controlPlanes = [.. cluster.ControlPlanes.Select(found => found.Name)];
        var source = order.Node ?? controlPlanes[0];
        if (!controlPlanes.Contains(source))
        {
            return Complain(OperationsExitCode.BadInput, $"'{source}' is not a control plane of {cluster.Name}; there are: {string.Join(", ", controlPlanes)}");
        }

        if (order.Snapshot?.StartsWith('/') == false || order.Snapshot?.Any(found => !char.IsAsciiLetterOrDigit(found) && !"/._-".Contains(found, StringComparison.Ordinal)) == true)
        {
            return Complain(OperationsExitCode.BadInput, $"'{order.Snapshot}' is not the path of a snapshot on {source}");
        }

        await using var ssh = NodeSsh.Client();
        var nodes = new ClusterNodes(ssh, NodeEndpoints.For(context.Environment));
        try
        {
            if (order.Snapshot is not { } snapshot)
            {
                var there = (await nodes.RunAsync(source, $"find {KubernetesPaths.Snapshots} -name '*.db' | sort", cancellationToken)).Trim();
                return Complain(OperationsExitCode.BadInput, $"which snapshot (--snapshot)? {(there.Length == 0 ? $"{source} has none" : $"On {source} there are:\n{there}")}");
            }

            context.Console.MarkupLine(Markup.Escape($"{cluster.Name} goes back to {snapshot} of {source}; what was written since is lost"));
            await new ClusterRestore(nodes).RunAsync(controlPlanes, source, snapshot, cancellationToken);
            context.Console.MarkupLine(Markup.Escape($"{string.Join(", ", controlPlanes)}: restored, and the API answers. Look: appstack verify {context.Environment.Name}"));
            return OperationsExitCode.Ok;
        }
        catch (OperationException exception)
        {
            return Complain(OperationsExitCode.Off, exception.Message);
        }
    }

    private int Complain(int exitCode, string message) => context.Complain("cluster restore", exitCode, message);
}
