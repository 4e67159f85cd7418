using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A node.</summary>
public sealed record NodeDescriptor
{
    /// <summary>The part of the platform that the node belongs to.</summary>
    [Key("The part of the platform that the node belongs to; the first part of its name.", Required = true, Format = TextFormat.Name, Example = "edge")]
    public string? Cluster { get; init; }

    /// <summary>What the node is for.</summary>
    [Key("What the node is for.", Required = true)]
    public NodeRole? Role { get; init; }

    /// <summary>The node's number among those of its cluster and role.</summary>
    [Key("The node's number among those of its cluster and role; never given to another node later.", Required = true, Minimum = 1, Maximum = 999, Example = "1")]
    public int? Seq { get; init; }

    /// <summary>Where it stands.</summary>
    [Key("The site where it stands.", Required = true, Format = TextFormat.Name, Example = "ath")]
    public string? Site { get; init; }

    /// <summary>The rack.</summary>
    [Key("The rack in which it stands.", Required = true, Format = TextFormat.Name, Example = "r1")]
    public string? Rack { get; init; }

    /// <summary>Its addresses.</summary>
    [Key("Its addresses, at most one IPv4 and one IPv6 address in each network. It is reached by SSH on the first one.", Required = true, Example = "10.87.0.21")]
    public IReadOnlyList<IPAddress?> Addresses { get; init; } = [];

    /// <summary>The names of its interfaces.</summary>
    [Key("The names of its interfaces, one for each network, in the order in which the networks come in addresses.", Default = "eth0, eth1, ...", Format = TextFormat.InterfaceName, Example = "eno1")]
    public IReadOnlyList<string?> Interfaces { get; init; } = [];

    /// <summary>The public half of its SSH host key.</summary>
    [Key("Its SSH host key, as in known_hosts: type and base64. Not for machines of a lab, whose keys the lab makes.", Example = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA...")]
    public string? HostKey { get; init; }

    /// <summary>Memory.</summary>
    [Key("Memory in MiB that its role may count on; sizes databases.", Default = "1024", Minimum = 256, Maximum = 16_777_216, Example = "65536")]
    public int? Memory { get; init; }

    /// <summary>Processor cores.</summary>
    [Key("Processor cores that its role may count on; sizes databases.", Default = "2", Minimum = 1, Maximum = 1024, Example = "16")]
    public int? Cores { get; init; }

    /// <summary>The node pool.</summary>
    [Key("Of a Kubernetes node: the pool that it belongs to, which becomes the label appstack.dev/pool.", Format = TextFormat.Name, Example = "web")]
    public string? Pool { get; init; }

    /// <summary>Labels.</summary>
    [Key("Of a Kubernetes node: labels besides those of pool, site and rack.", Format = TextFormat.KubernetesLabel, Example = "disk=ssd")]
    public IReadOnlyList<string?> Labels { get; init; } = [];

    /// <summary>Taints.</summary>
    [Key("Of a Kubernetes node: taints besides the one that control planes have by themselves.", Format = TextFormat.KubernetesTaint, Example = "dedicated=web:NoSchedule")]
    public IReadOnlyList<string?> Taints { get; init; } = [];
}
