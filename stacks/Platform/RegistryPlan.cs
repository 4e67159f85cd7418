using System.Collections.Immutable;
using System.Net;
using AppStack.Components.Registry;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>Works out the registries of images. Pure.</summary>
internal static class RegistryPlan
{
    /// <summary>All registries of an environment.</summary>
    public static ImmutableArray<RegistrySpec> Registries(EnvironmentSpec environment) =>
        [.. environment.NodesOf(NodeRole.Registry).Select(node => Of(environment, node))];

    /// <summary>The registry on a node: the nodes of all Kubernetes clusters fetch from it, and administrators put images there.</summary>
    public static RegistrySpec Of(EnvironmentSpec environment, NodeSpec node)
    {
        ImmutableArray<NodeSpec> pullers = [.. environment.Clusters.SelectMany(cluster => cluster.ControlPlanes.Concat(cluster.Workers))];
        return new RegistrySpec
        {
            Name = node.Name,
            Address = node.MainAddress.ToString(),
            ClientNetworks =
            [
                .. environment.Ssh.From.Select(network => network.ToString()),
                .. pullers.SelectMany(puller => puller.Interfaces).SelectMany(found => new[] { found.V4, found.V6 }).OfType<IPAddress>().Select(NodeAccess.Single),
            ],
            Pullers = [.. pullers.Select(puller => puller.Name)],
            Access = NodeAccess.Of(environment, monitor => [monitor.V4, monitor.V6]),
        };
    }
}
