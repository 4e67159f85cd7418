namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A PostgreSQL cluster.</summary>
public sealed record DatabaseDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name; nodes with this cluster and the role database, witness or pooler form it.", Required = true, Format = TextFormat.Name, Example = "main")]
    public string? Name { get; init; }

    /// <summary>The PostgreSQL version.</summary>
    [Key("The major version of PostgreSQL.", Required = true, Minimum = 14, Maximum = 18, Example = "15")]
    public int? Version { get; init; }

    /// <summary>The exact version of the package.</summary>
    [Key("The exact version of Debian's package, installed on all nodes and taken up one node at a time, the leader last by a switchover; without it whichever is there stays.", Example = "15.20-0+deb12u1")]
    public string? Package { get; init; }

    /// <summary>The node that leads at the beginning.</summary>
    [Key("The sequence number of the database node that leads when the cluster is made; later the cluster knows.", Default = "1", Minimum = 1, Maximum = 999)]
    public int? FirstLeader { get; init; }

    /// <summary>The cluster whose place it takes after a disaster.</summary>
    [Key("The cluster that this one follows asynchronously, from another site, to take its place after a disaster (appstack db promote); it has no services and no poolers until then.", Format = TextFormat.Name, Example = "main")]
    public string? Follows { get; init; }

    /// <summary>How fast service comes back.</summary>
    [Key("How fast writes come back after the leader is lost.", Default = "standard")]
    public RecoveryTime? Rto { get; init; }

    /// <summary>What may be lost.</summary>
    [Key("Whether an acknowledged write may be lost.", Default = "zero")]
    public RecoveryPoint? Rpo { get; init; }

    /// <summary>How much may be lost.</summary>
    [Key("With rpo: bounded, the WAL in MiB that a node may lack of what the last leader is known to have written, and be elected all the same; where all lack more nobody is, until somebody orders it (appstack db accept-loss).", Default = "16", Minimum = 1, Maximum = 65_536)]
    public int? MaxLag { get; init; }

    /// <summary>Server connections.</summary>
    [Key("Connections that PostgreSQL accepts.", Default = "200", Minimum = 20, Maximum = 10_000)]
    public int? MaxConnections { get; init; }

    /// <summary>Parameters of PostgreSQL.</summary>
    [Key("Parameters of PostgreSQL that are wanted otherwise than the platform sets them from memory and cores.")]
    public IReadOnlyList<DatabaseParameterDescriptor?> Parameters { get; init; } = [];

    /// <summary>Connections that pools leave alone.</summary>
    [Key("Connections of each server that pools leave alone: for administrators, the cluster itself, monitoring.", Default = "20", Minimum = 10, Maximum = 1000)]
    public int? ReservedConnections { get; init; }

    /// <summary>Its backups.</summary>
    [Key("How it is backed up; backups are made when there is a node with the role backup.")]
    public BackupsDescriptor? Backups { get; init; }

    /// <summary>Databases of services.</summary>
    [Key("The services that have a database here, one each.")]
    public IReadOnlyList<ServiceDatabaseDescriptor?> Services { get; init; } = [];
}
