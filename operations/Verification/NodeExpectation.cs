using System.Net;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Verification;

/// <summary>What a node must look like; derived from the environment's descriptor.</summary>
public sealed record NodeExpectation
{
    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>The systemd units that must be active.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The BGP neighbours with which a session must be established, and watched by BFD.</summary>
    public IReadOnlyList<NeighbourExpectation> Neighbours { get; init; } = [];

    /// <summary>The virtual addresses that a router must have a route to, over <see cref="NextHops"/>, and that a load balancer must hold.</summary>
    public IReadOnlyList<IPAddress> VirtualAddresses { get; init; } = [];

    /// <summary>The load balancers: next hops of a router's routes, and those that must be seen to answer a client.</summary>
    public IReadOnlyList<NeighbourExpectation> NextHops { get; init; } = [];

    /// <summary>The database nodes of its cluster, which must all stream from the leader.</summary>
    public IReadOnlyList<string> Standbys { get; init; } = [];

    /// <summary>Whether a commit waits for a standby.</summary>
    public bool Synchronous { get; init; }

    /// <summary>Whether a version that is known to be unsafe is off, and not only told: environments in which no drill may break things.</summary>
    public bool Production { get; init; }

    /// <summary>The Kubernetes cluster that the node is part of; <see langword="null"/> for other nodes.</summary>
    public KubernetesExpectation? Kubernetes { get; init; }

    /// <summary>Whether its cluster sends its WAL to a backup node.</summary>
    public bool Archives { get; init; }

    /// <summary>The database clusters whose backups it keeps.</summary>
    public IReadOnlyList<string> BackedUp { get; init; } = [];

    /// <summary>The endpoints of a pooler at which services log in.</summary>
    public IReadOnlyList<PoolerEndpoint> Endpoints { get; init; } = [];

    /// <summary>What a monitoring node must see; <see langword="null"/> on other nodes.</summary>
    public MonitoringExpectation? Monitoring { get; init; }

    /// <summary>Where a client asks: virtual address and port of each frontend.</summary>
    public IReadOnlyList<IPEndPoint> Frontends { get; init; } = [];
}
