using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Arguments of a <see cref="DatabaseRole"/>.</summary>
public sealed class DatabaseRoleArgs : ResourceArgs
{
    /// <summary>The role. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required DatabaseRoleSpec Spec { get; set; }

    /// <summary>A database node of the cluster, whichever; statements go from there to the leader.</summary>
    public required BareMetalNode Node { get; set; }
}
