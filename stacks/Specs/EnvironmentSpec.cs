using System.Collections.Immutable;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments;

/// <summary>
/// An environment: validated, immutable, with names derived, references resolved and defaults filled in. Components, verification and
/// drills all read this, so that nothing is said twice.
/// </summary>
public sealed record EnvironmentSpec
{
    /// <summary>The environment's name, which is its stack's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The descriptor that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>Where each key stands in the descriptor, for messages about what was made of it.</summary>
    internal SourceMap Source { get; init; } = new();

    /// <summary>Whether failure drills may break things here.</summary>
    public required bool DrillsWelcome { get; init; }

    /// <summary>How nodes are reached.</summary>
    public required SshSpec Ssh { get; init; }

    /// <summary>The lab that the nodes are machines of; <see langword="null"/> when they exist without us.</summary>
    public LabSpec? Lab { get; init; }

    /// <summary>The networks of the nodes.</summary>
    public required ImmutableArray<NetworkSpec> Networks { get; init; }

    /// <summary>The nodes, in the order of the descriptor.</summary>
    public required ImmutableArray<NodeSpec> Nodes { get; init; }

    /// <summary>What the load balancers do; <see langword="null"/> when there are none.</summary>
    public EdgeSpec? Edge { get; init; }

    /// <summary>Kubernetes clusters.</summary>
    public required ImmutableArray<ClusterSpec> Clusters { get; init; }

    /// <summary>PostgreSQL clusters.</summary>
    public required ImmutableArray<DatabaseSpec> Databases { get; init; }

    /// <summary>Monitoring; <see langword="null"/> when there is none.</summary>
    public MonitoringSpec? Monitoring { get; init; }

    /// <summary>The nodes of one role, in the order of the descriptor.</summary>
    public IEnumerable<NodeSpec> NodesOf(NodeRole role) => Nodes.Where(node => node.Role == role);
}
