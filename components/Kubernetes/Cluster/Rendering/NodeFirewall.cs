using System.Collections.Immutable;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>What may come in to a node by its role. NodePorts are not here: they are changed to pods' addresses before the firewall sees them.</summary>
internal static class NodeFirewall
{
    private const int ApiServer = 6443;
    private const int Kubelet = 10250;

    public static FirewallSpec Of(KubernetesClusterSpec spec, KubernetesNodeSpec node)
    {
        ImmutableArray<string> controlPlanes = [.. spec.ControlPlanes.Select(found => found.Address)];
        var rules = ImmutableArray.CreateBuilder<FirewallRule>();
        rules.Add(new() { Purpose = "kubelet", Protocol = "tcp", Ports = [Kubelet], Sources = controlPlanes });
        if (node.Role == KubernetesRole.ControlPlane)
        {
            rules.Add(new()
            {
                Purpose = "API server",
                Protocol = "tcp",
                Ports = [ApiServer],
                Sources = [.. spec.NodeNetworks.Concat(spec.LoadBalancerNetworks).Append(spec.PodNetwork).Concat(spec.Access.ManagementNetworks).Distinct(StringComparer.Ordinal)],
            });
            if (controlPlanes.Length > 1)
            {
                rules.Add(new() { Purpose = "etcd", Protocol = "tcp", Ports = [2379, 2380], Sources = controlPlanes });
            }
        }

        return new() { Role = NodeBundleRenderer.Role, Access = spec.Access, Rules = rules.ToImmutable(), TranslatesServices = true };
    }
}
