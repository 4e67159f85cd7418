using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing;

/// <summary>Arguments of a <see cref="LoadBalancer"/>.</summary>
public sealed class LoadBalancerArgs : ResourceArgs
{
    /// <summary>The machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The group it belongs to.</summary>
    public required LoadBalancerGroupSpec Group { get; set; }

    /// <summary>Name of the node within the group.</summary>
    public required string NodeName { get; set; }

    /// <summary>What has to be deployed, and healthy, before this node is changed; usually the group's previous node. Default: nothing.</summary>
    public Resource? After { get; set; }
}
