using System.Collections.Immutable;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments;

/// <summary>A PostgreSQL cluster.</summary>
public sealed record DatabaseSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The major version of PostgreSQL.</summary>
    public required int Version { get; init; }

    /// <summary>The exact version of Debian's package; null: whichever is installed.</summary>
    public string? Package { get; init; }

    /// <summary>The node that leads when the cluster is made.</summary>
    public required NodeSpec FirstLeader { get; init; }

    /// <summary>Name of the cluster that it follows; null: none.</summary>
    public string? Follows { get; init; }

    /// <summary>How fast writes come back after the leader is lost.</summary>
    public required RecoveryTime Rto { get; init; }

    /// <summary>Whether an acknowledged write may be lost.</summary>
    public required RecoveryPoint Rpo { get; init; }

    /// <summary>With <see cref="RecoveryPoint.Bounded"/>: the WAL in MiB that a node may lack and be elected; null: the platform's default.</summary>
    public int? MaxLagMiB { get; init; }

    /// <summary>Connections that PostgreSQL accepts.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Parameters of PostgreSQL that are wanted otherwise than the platform would set them.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>The nodes that run PostgreSQL.</summary>
    public required ImmutableArray<NodeSpec> Servers { get; init; }

    /// <summary>The nodes that only vote.</summary>
    public required ImmutableArray<NodeSpec> Witnesses { get; init; }

    /// <summary>The nodes that run PgBouncer.</summary>
    public required ImmutableArray<NodeSpec> Poolers { get; init; }

    /// <summary>Connections of each server that pools leave alone.</summary>
    public required int ReservedConnections { get; init; }

    /// <summary>How it is backed up.</summary>
    public BackupsSpec Backups { get; init; } = new();

    /// <summary>The services that have a database here.</summary>
    public required ImmutableArray<ServiceDatabaseSpec> Services { get; init; }
}
