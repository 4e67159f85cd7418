using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Command.Remote;

namespace AppStack.Components.Postgres.Backups;

/// <summary>A node that keeps backups and WAL of database clusters, encrypted, with pgBackRest.</summary>
public sealed class BackupRepository : ComponentResource
{
    private readonly BackupRepositoryArgs _args;
    private readonly ComponentResourceOptions? _options;
    private readonly Command _bundle;

    /// <summary>Deploys a repository.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machine and secrets.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public BackupRepository(string name, BackupRepositoryArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:BackupRepository", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"backup repository '{spec.Name}'", BackupRepositoryValidator.Validate(spec));
        _args = args;
        _options = options;
        var certificate = args.Authority.IssueForBackups($"{spec.Name}-backup-certificate", spec.Address);
        var bundle = Output.Tuple(certificate.PrivateKey, certificate.Certificate, args.Authority.Certificate, args.Passphrase)
            .Apply(found => BackupRepositoryRenderer.Bundle(spec, new BackupIdentity(found.Item1, found.Item2, found.Item3), found.Item4));
        _bundle = args.Node.Apply($"{spec.Name}-bundle", bundle, BundleOptions.For(this, options));
        RegisterOutputs();
    }

    /// <summary>The address that clusters send their WAL to.</summary>
    public string Address => _args.Spec.Address;

    /// <summary>Makes a cluster's stanza and its first backup, once the cluster is there.</summary>
    /// <param name="cluster">One of the repository's clusters.</param>
    /// <param name="rollout">The end of its rollout.</param>
    /// <returns>The command; when it has succeeded, the cluster archives its WAL and can be restored.</returns>
    public Command Ensure(RepmgrClusterSpec cluster, Command rollout)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(rollout);

        // Any change of the cluster, or of the repository, proves again that WAL arrives.
        var state = Output.Unsecret(Output.Tuple(rollout.Stdin, _bundle.Stdin).Apply(both => PostgresConfigurationRenderer.Hash(both.Item1 + both.Item2) + "\n"));
        return _args.Node.Run($"{cluster.Name}-first-backup", $"exec {BackupPaths.Tool} ensure {cluster.Name}", state, BundleOptions.For(this, _options, [rollout, _bundle]));
    }
}
