using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.Backups;

/// <summary>A node on which backups of database clusters are restored to a moment, beside the clusters and never into them.</summary>
public sealed class RestoreNode : ComponentResource
{
    /// <summary>Deploys a node for restores.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification and machine.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public RestoreNode(string name, RestoreNodeArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:RestoreNode", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"node for restores '{spec.Name}'", RestoreNodeValidator.Validate(spec));
        var certificate = args.Authority.IssueForBackups($"{spec.Name}-backup-certificate", spec.Address);
        var bundle = Output.Tuple(certificate.PrivateKey, certificate.Certificate, args.Authority.Certificate)
            .Apply(found => RestoreNodeRenderer.Bundle(spec, new BackupIdentity(found.Item1, found.Item2, found.Item3)));
        args.Node.Apply($"{spec.Name}-bundle", bundle, BundleOptions.For(this, options));
        RegisterOutputs();
    }
}
