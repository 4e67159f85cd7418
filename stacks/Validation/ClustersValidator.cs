using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>
/// Every Kubernetes cluster can elect a leader, can be reached when one of its control planes is gone, has somewhere to run pods and its programs
/// and images from somewhere; and every node of one belongs to a declared cluster and finds addresses for its pods.
/// </summary>
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

            context.ReportTwice("namespace", EnvironmentValidation.Each($"{path}.namespaces", cluster.Namespaces).Select(found => ($"{found.Path}.name", found.Item.Name)));
            Api(context, path, cluster, controlPlanes);
            Sources(context, path, cluster);
            Pods(context, cluster, name);
        }

        foreach (var (path, node) in context.Nodes())
        {
            if (node is { Role: NodeRole.ControlPlane or NodeRole.Worker, Cluster: { } name } && clusters.All(found => found?.Name != name))
            {
                context.ReportUnknown($"{path}.cluster", $"there is no Kubernetes cluster '{name}'", name, clusters.Select(found => found?.Name));
            }
            else if (node.Role is not (null or NodeRole.ControlPlane or NodeRole.Worker))
            {
                foreach (var key in KubernetesKeys(node))
                {
                    context.Problems.Add($"{path}.{key}", $"a node with the role {Words.Of(node.Role)} is not a node of Kubernetes and has no {key}", "leave the key out");
                }
            }
        }
    }

    private static void Api(EnvironmentValidation context, string path, ClusterDescriptor cluster, int controlPlanes)
    {
        var edge = context.Environment.Edge;
        if (cluster.ApiVip is { } vip)
        {
            if (edge is null || edge.Vips.All(found => found?.Name != vip))
            {
                context.ReportUnknown($"{path}.apiVip", $"there is no virtual address '{vip}'", vip, edge?.Vips.Select(found => found?.Name) ?? []);
            }

            if (edge is not null && EnvironmentValidation.Each("edge.frontends", edge.Frontends).FirstOrDefault(found => found.Item.Vip == vip && found.Item.Port == KubernetesPlan.ApiPort) is { Path: { } taken })
            {
                context.Problems.Add($"{path}.apiVip", $"port {KubernetesPlan.ApiPort} of the virtual address {vip} is taken by a frontend ({context.Problems.LineOf(taken)})", "another virtual address for the API");
            }
        }
        else if (controlPlanes > 1)
        {
            context.Problems.Add(path, $"the cluster {cluster.Name} has {controlPlanes} control planes and no address that outlives each of them", "apiVip: a virtual address of the edge");
        }
    }

    private static void Sources(EnvironmentValidation context, string path, ClusterDescriptor cluster)
    {
        if (context.Environment.Lab is not null)
        {
            return;
        }

        if (cluster.Packages is null)
        {
            context.Problems.Add(path, $"the nodes of {cluster.Name} have nowhere to get Kubernetes' packages from", "packages: a repository and its key");
        }

        if (cluster.ImageRepository is null)
        {
            context.Problems.Add(path, $"the nodes of {cluster.Name} have nowhere to get images from", "imageRepository: your registry's name and path");
        }
    }

    private static void Pods(EnvironmentValidation context, ClusterDescriptor cluster, string name)
    {
        if (cluster.PodNetwork is not { } pods || !pods.IsV4())
        {
            return;
        }

        foreach (var (path, node) in context.NodesOf(name, NodeRole.ControlPlane, NodeRole.Worker))
        {
            if (node.Seq is { } seq && KubernetesPlan.PodsOf(pods, node.Role!.Value, seq) is null)
            {
                context.Problems.Add($"{path}.seq", $"the pod network {pods} of {name} has no /24 left for a node with the number {seq}", "a larger podNetwork when the cluster is made; it cannot grow later");
            }
        }
    }

    private static IEnumerable<string> KubernetesKeys(NodeDescriptor node)
    {
        if (node.Pool is not null)
        {
            yield return "pool";
        }

        if (node.Labels.Count > 0)
        {
            yield return "labels";
        }

        if (node.Taints.Count > 0)
        {
            yield return "taints";
        }
    }
}
