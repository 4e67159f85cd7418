using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every Kubernetes cluster can elect a leader and has somewhere to run pods, and every node of one belongs to a declared cluster.</summary>
internal sealed class ClustersValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var clusters = context.Environment.Clusters;
        foreach (var (path, cluster) in EnvironmentValidation.Each("clusters", clusters))
        {
            if (cluster.Name is not { } name)
            {
                continue;
            }

            var controlPlanes = context.NodesOf(name, NodeRole.ControlPlane).Count();
            if (controlPlanes % 2 == 0)
            {
                context.Problems.Add(
                    path,
                    $"the cluster {name} has {(controlPlanes == 0 ? "no" : controlPlanes)} control-plane nodes",
                    controlPlanes == 0 ? "one, three or five nodes with role: control-plane" : "an odd number: an even one tolerates no more losses than one node fewer");
            }

            if (!context.NodesOf(name, NodeRole.Worker).Any())
            {
                context.Problems.Add(path, $"the cluster {name} has no worker nodes", "nodes with role: worker");
            }
        }

        foreach (var (path, node) in context.Nodes())
        {
            if (node is { Role: NodeRole.ControlPlane or NodeRole.Worker, Cluster: { } name } && clusters.All(found => found?.Name != name))
            {
                context.ReportUnknown($"{path}.cluster", $"there is no Kubernetes cluster '{name}'", name, clusters.Select(found => found?.Name));
            }
        }
    }
}
