using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>A node that keeps backups and WAL of database clusters.</summary>
public sealed record BackupRepositorySpec
{
    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Its address for the database nodes.</summary>
    public required string Address { get; init; }

    /// <summary>The clusters whose backups it keeps; each is a stanza of its own.</summary>
    public required ImmutableArray<RepmgrClusterSpec> Clusters { get; init; }

    /// <summary>Addresses of nodes that may restore the clusters' backups; they can read all of them. Default: none.</summary>
    public ImmutableArray<string> RestoreAddresses { get; init; } = [];

    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }
}
