using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>Arguments of a <see cref="LoadBalancerGroup"/>.</summary>
public sealed class LoadBalancerGroupArgs : ResourceArgs
{
    /// <summary>The group. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required LoadBalancerGroupSpec Spec { get; set; }

    /// <summary>The machines by the names that the specification gives them.</summary>
    public required IReadOnlyDictionary<string, BareMetalNode> Nodes { get; set; }
}
