namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>What the load balancers announce and where they send it.</summary>
public sealed record EdgeDescriptor
{
    /// <summary>The prefixes from which virtual addresses may be announced.</summary>
    [Key("The prefixes out of which virtual addresses are announced; routers accept nothing else.", Required = true)]
    public AnnounceDescriptor? Announce { get; init; }

    /// <summary>The virtual addresses.</summary>
    [Key("The virtual addresses.", Required = true)]
    public IReadOnlyList<VipDescriptor?> Vips { get; init; } = [];

    /// <summary>How they are announced.</summary>
    [Key("How they are announced.", Required = true)]
    public BgpDescriptor? Bgp { get; init; }

    /// <summary>The order in which load balancers are changed.</summary>
    [Key("Whether load balancers change one at a time, drained first, or all at once (benchmarks only).", Default = "one-by-one")]
    public RolloutPolicy? Rollout { get; init; }

    /// <summary>Connections that one load balancer accepts.</summary>
    [Key("Connections that one load balancer holds at the same time.", Default = "20000", Minimum = 100, Maximum = 1_000_000)]
    public int? MaxConnections { get; init; }

    /// <summary>Where connections come in.</summary>
    [Key("Where connections come in: an address and port, and the backend that serves them.", Required = true)]
    public IReadOnlyList<FrontendDescriptor?> Frontends { get; init; } = [];

    /// <summary>Where connections go.</summary>
    [Key("Groups of servers that serve connections, besides the ingresses of clusters.")]
    public IReadOnlyList<BackendDescriptor?> Backends { get; init; } = [];
}
