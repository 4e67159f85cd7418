using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Arguments of a <c>RestoreNode</c>.</summary>
public sealed class RestoreNodeArgs : ResourceArgs
{
    /// <summary>The node.</summary>
    public required RestoreNodeSpec Spec { get; set; }

    /// <summary>Its machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The authority that issues the certificates of the repositories, too.</summary>
    public required PrivateAuthority Authority { get; set; }
}
