using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A router that load balancers speak BGP to: either a node of this environment or somebody else's.</summary>
public sealed record NeighbourDescriptor
{
    /// <summary>A router of this environment.</summary>
    [Key("The name of a node with the role router; its addresses are known.", Format = TextFormat.Name, Example = "fabric-rt1")]
    public string? Node { get; init; }

    /// <summary>The name of a router that is not a node of this environment.</summary>
    [Key("The name of a router that is not a node of this environment.", Format = TextFormat.Name, Example = "leaf-ath-1")]
    public string? Name { get; init; }

    /// <summary>The router's autonomous system.</summary>
    [Key("The router's autonomous system.", Required = true, Minimum = 1, Maximum = 4_294_967_294, Example = "65000")]
    public long? Asn { get; init; }

    /// <summary>The site whose load balancers speak to it.</summary>
    [Key("The site whose load balancers speak to it.", Default = "all sites", Format = TextFormat.Name)]
    public string? Site { get; init; }

    /// <summary>The router's addresses.</summary>
    [Key("The addresses of a router that is not a node of this environment.", Example = "10.10.0.1")]
    public IReadOnlyList<IPAddress?> Addresses { get; init; } = [];
}
