using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Monitoring;

/// <summary>Arguments of <see cref="NodeMetrics"/>.</summary>
public sealed class NodeMetricsArgs : ResourceArgs
{
    /// <summary>What the node shows.</summary>
    public required NodeMetricsSpec Spec { get; set; }

    /// <summary>Its machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The authority of monitoring: it issues the certificates of nodes and readers.</summary>
    public required PrivateAuthority Authority { get; set; }
}
