using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Backups;

/// <summary>A node on which backups are restored: to prove them, and to fetch what was deleted. It holds nothing between two restores.</summary>
public sealed record RestoreNodeSpec
{
    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Its address for the repositories.</summary>
    public required string Address { get; init; }

    /// <summary>The clusters whose backups it may restore; each has a target of backups.</summary>
    public required ImmutableArray<RepmgrClusterSpec> Clusters { get; init; }

    /// <summary>Who may log in.</summary>
    public required AccessSpec Access { get; init; }
}
