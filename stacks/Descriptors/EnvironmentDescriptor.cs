namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>
/// An environment as written in <c>stacks/environments/&lt;name&gt;.yaml</c>. Descriptor records hold exactly what the file says: a value
/// that is absent or could not be read is <see langword="null"/>, so that validators look at everything else all the same.
/// <see cref="EnvironmentSpec"/> is what comes out when nothing is wrong.
/// </summary>
public sealed record EnvironmentDescriptor
{
    /// <summary>The environment's name.</summary>
    [Key("The environment's name: the name of its stack and of this file.", Required = true, Format = TextFormat.EnvironmentName, Example = "local")]
    public string? Name { get; init; }

    /// <summary>What the environment is for.</summary>
    [Key("What the environment is for, in a sentence.")]
    public string? Description { get; init; }

    /// <summary>Whether failure drills may run.</summary>
    [Key("Whether failure drills may break things here.", Default = "refused")]
    public DrillPolicy? Drills { get; init; }

    /// <summary>How nodes are reached.</summary>
    [Key("How nodes are reached.")]
    public SshDescriptor? Ssh { get; init; }

    /// <summary>Says that the nodes are machines on this host.</summary>
    [Key("The nodes are machines that the stack makes on this host, from images of their roles.")]
    public LabDescriptor? Lab { get; init; }

    /// <summary>The sites.</summary>
    [Key("The sites, each with its racks.", Required = true)]
    public IReadOnlyList<SiteDescriptor?> Sites { get; init; } = [];

    /// <summary>The networks of the nodes.</summary>
    [Key("The networks of the nodes; every address of a node lies in one of them.", Required = true)]
    public IReadOnlyList<NetworkDescriptor?> Networks { get; init; } = [];

    /// <summary>The nodes.</summary>
    [Key("The nodes. A node's name is derived: cluster, role and sequence number.", Required = true)]
    public IReadOnlyList<NodeDescriptor?> Nodes { get; init; } = [];

    /// <summary>The load balancers' configuration.</summary>
    [Key("What the load balancers announce and where they send it.")]
    public EdgeDescriptor? Edge { get; init; }

    /// <summary>Kubernetes clusters.</summary>
    [Key("Kubernetes clusters; their nodes are those with this cluster's name and the role control-plane or worker.")]
    public IReadOnlyList<ClusterDescriptor?> Clusters { get; init; } = [];

    /// <summary>PostgreSQL clusters.</summary>
    [Key("PostgreSQL clusters; their nodes are those with this cluster's name and the role database, witness or pooler.")]
    public IReadOnlyList<DatabaseDescriptor?> Databases { get; init; } = [];

    /// <summary>Monitoring.</summary>
    [Key("Monitoring; its nodes are those with the role monitoring.")]
    public MonitoringDescriptor? Monitoring { get; init; }
}
