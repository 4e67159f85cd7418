using AppStack.Components.Certificates;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.Backups;

/// <summary>Arguments of a <c>BackupRepository</c>.</summary>
public sealed class BackupRepositoryArgs : ResourceArgs
{
    /// <summary>The repository.</summary>
    public required BackupRepositorySpec Spec { get; set; }

    /// <summary>Its machine.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The authority that issues the certificates of the clusters, too.</summary>
    public required PrivateAuthority Authority { get; set; }

    /// <summary>What the repository is encrypted with. Whoever loses it loses the backups.</summary>
    public required Output<string> Passphrase { get; set; }
}
