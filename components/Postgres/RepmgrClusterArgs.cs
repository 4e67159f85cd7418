using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres;

/// <summary>Arguments of a <c>RepmgrCluster</c>.</summary>
public sealed class RepmgrClusterArgs : ResourceArgs
{
    /// <summary>The cluster. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required RepmgrClusterSpec Spec { get; set; }

    /// <summary>The machines by the names that the specification gives them, witnesses included.</summary>
    public required IReadOnlyDictionary<string, BareMetalNode> Nodes { get; set; }

    /// <summary>What its parties know of each other.</summary>
    public required RepmgrClusterSecrets Secrets { get; set; }
}
