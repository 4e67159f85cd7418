using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>Arguments of a <see cref="WebBackend"/>.</summary>
public sealed class WebBackendArgs : ResourceArgs
{
    /// <summary>The machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>What the backend serves. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required WebBackendSpec Spec { get; set; }
}
