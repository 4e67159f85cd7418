using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>Arguments of a <see cref="BgpRouter"/>.</summary>
public sealed class BgpRouterArgs : ResourceArgs
{
    /// <summary>The machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>What the router does. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required BgpRouterSpec Spec { get; set; }
}
