using System.Collections.Immutable;
using System.Net;
using AppStack.Components.Nodes;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>Who may log in to nodes and watch them.</summary>
internal static class NodeAccess
{
    /// <summary>Administrators by SSH; monitoring from its nodes, in a lab from everywhere in it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="addresses">From which of its addresses a node that monitors asks.</param>
    public static AccessSpec Of(EnvironmentSpec environment, Func<NodeSpec, IEnumerable<IPAddress?>> addresses)
    {
        ImmutableArray<string> management = [.. environment.Ssh.From.Select(network => network.ToString())];
        return new AccessSpec
        {
            ManagementNetworks = management,
            MonitoringNetworks = environment.Lab is not null
                ? management
                : [.. environment.NodesOf(NodeRole.Monitoring).SelectMany(addresses).OfType<IPAddress>().Select(Single)],
        };
    }

    private static string Single(IPAddress address) => $"{address}/{(address.GetAddressBytes().Length * 8)}";
}
