using System.Collections.Immutable;
using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A node, with everything that follows from what its descriptor says.</summary>
public sealed record NodeSpec
{
    /// <summary>The name, derived: <c>edge-lb-1</c> is the load balancer number 1 of <c>edge</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the platform that it belongs to.</summary>
    public required string Cluster { get; init; }

    /// <summary>What it is for.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>Its number among those of its cluster and role.</summary>
    public required int Seq { get; init; }

    /// <summary>The site where it stands.</summary>
    public required string Site { get; init; }

    /// <summary>The rack in which it stands.</summary>
    public required string Rack { get; init; }

    /// <summary>The address on which it is reached by SSH.</summary>
    public required IPAddress Management { get; init; }

    /// <summary>Its addresses by network, in the order of the descriptor.</summary>
    public required ImmutableArray<InterfaceSpec> Interfaces { get; init; }

    /// <summary>Its SSH host key (<c>type base64</c>); <see langword="null"/> for machines of a lab, whose keys the lab makes.</summary>
    public string? HostKey { get; init; }

    /// <summary>Memory in MiB that its role may count on.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary>Processor cores that its role may count on.</summary>
    public required int Cores { get; init; }

    /// <summary>Labels of a Kubernetes node, those of pool, site and rack among them; none of other nodes.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints of a Kubernetes node.</summary>
    public ImmutableArray<string> Taints { get; init; } = [];

    /// <summary>The IPv4 address in its first network that has one.</summary>
    public IPAddress? V4 => Interfaces.Select(found => found.V4).FirstOrDefault(address => address is not null);

    /// <summary>The IPv6 address in its first network that has one.</summary>
    public IPAddress? V6 => Interfaces.Select(found => found.V6).FirstOrDefault(address => address is not null);

    /// <summary>The address for other nodes: the IPv4 one, or the IPv6 one of a node that has no other.</summary>
    public IPAddress MainAddress => (V4 ?? V6)!;

    /// <summary>The name of a node of that identity.</summary>
    public static string NameOf(string cluster, NodeRole role, int seq) => $"{cluster}-{ShortName(role)}-{seq}";

    private static string ShortName(NodeRole role) => role switch
    {
        NodeRole.LoadBalancer => "lb",
        NodeRole.ControlPlane => "cp",
        NodeRole.Database => "db",
        NodeRole.Monitoring => "monitor",
        _ => role.ToString().ToLowerInvariant(),
    };
}
