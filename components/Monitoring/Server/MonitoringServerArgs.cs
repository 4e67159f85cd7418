using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Monitoring;

/// <summary>Arguments of <see cref="MonitoringServer"/>.</summary>
public sealed class MonitoringServerArgs : ResourceArgs
{
    /// <summary>The server.</summary>
    public required MonitoringServerSpec Spec { get; set; }

    /// <summary>Its machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The authority of monitoring: it issues the certificates of nodes and readers.</summary>
    public required PrivateAuthority Authority { get; set; }
}
