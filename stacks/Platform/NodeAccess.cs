using System.Collections.Immutable;
using System.Net;
using AppStack.Components.Nodes;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>Who may log in to nodes and watch them.</summary>
internal static class NodeAccess
{
    /// <summary>Administrators by SSH; metrics for monitoring nodes; status pages for these, too, and in a lab for everybody in it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="addresses">From which of its addresses a node that monitors asks.</param>
    public static AccessSpec Of(EnvironmentSpec environment, Func<NodeSpec, IEnumerable<IPAddress?>> addresses)
    {
        ImmutableArray<string> management = [.. environment.Ssh.From.Select(network => network.ToString())];
        ImmutableArray<string> monitors = [.. environment.NodesOf(NodeRole.Monitoring).SelectMany(addresses).OfType<IPAddress>().Select(Single)];
        return new AccessSpec
        {
            ManagementNetworks = management,
            MonitoringNetworks = environment.Lab is not null ? management : monitors,
            MetricsSources = environment.Monitoring is null ? [] : monitors,
        };
    }

    /// <summary>The network of one address alone.</summary>
    public static string Single(IPAddress address) => $"{address}/{(address.GetAddressBytes().Length * 8)}";
}
