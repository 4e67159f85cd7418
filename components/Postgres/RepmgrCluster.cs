using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Backups;
using Pulumi;
using Pulumi.Command.Remote;

namespace AppStack.Components.Postgres;

/// <summary>
/// A PostgreSQL cluster. The nodes' bundles are applied in parallel, because they only do what is safe at any time; what needs a restart
/// is done afterwards by one rollout, standbys first, then a switchover.
/// </summary>
public sealed class RepmgrCluster : ComponentResource
{
    /// <summary>Deploys a cluster.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machines, secrets.</param>
    /// <param name="options">Options of the component; what it depends on holds for the nodes' bundles, too.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public RepmgrCluster(string name, RepmgrClusterArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:RepmgrCluster", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        var members = spec.Nodes.Select(n => n.Name).Concat(spec.Witnesses.Select(w => w.Name)).ToList();
        InvalidSpecException.ThrowIfAny($"database cluster '{spec.Name}'",
        [
            .. RepmgrClusterValidator.Validate(spec),
            .. members.Where(m => !args.Nodes.ContainsKey(m)).Select(m => new SpecProblem("nodes", $"no machine is given for '{m}'")),
        ]);

        var bundles = new List<Command>();
        foreach (var node in spec.Nodes)
        {
            var certificate = args.Secrets.Authority.Issue($"{node.Name}-certificate", node.Name, node.Address);
            var secrets = Output.Tuple(certificate.PrivateKey, certificate.Certificate, args.Secrets.Authority.Certificate, args.Secrets.GuardKey, args.Secrets.RepmgrPassword, args.Secrets.PoolerPassword, args.Secrets.MonitorPassword)
                .Apply(found => new RepmgrNodeSecrets(found.Item1, found.Item2, found.Item3, found.Item4, found.Item5, found.Item6, found.Item7));
            if (spec.Backup is not null)
            {
                // Of its own: pgBackRest knows nodes by the common name only, here the address that it connects to.
                var backup = args.Secrets.Authority.IssueForBackups($"{node.Name}-backup-certificate", node.Address);
                secrets = Output.Tuple(secrets, backup.PrivateKey, backup.Certificate).Apply(found => found.Item1 with { Backup = new BackupIdentity(found.Item2, found.Item3, found.Item1.Authority) });
            }

            var bundle = secrets.Apply(found => RepmgrNodeRenderer.Bundle(spec, node, found));
            bundles.Add(args.Nodes[node.Name].Apply($"{node.Name}-bundle", bundle, BundleOptions.For(this, options)));
        }

        foreach (var witness in spec.Witnesses)
        {
            var bundle = args.Secrets.GuardKey.Apply(key => RepmgrWitnessRenderer.Bundle(spec, witness, key));
            bundles.Add(args.Nodes[witness.Name].Apply($"{witness.Name}-bundle", bundle, BundleOptions.For(this, options)));
        }

        // Any database node can do it; what it reads says only whether anything has changed.
        var state = Output.Unsecret(Output.All(bundles.Select(b => b.Stdin)).Apply(all => PostgresConfigurationRenderer.Hash(string.Concat(all)) + "\n"));
        Rollout = args.Nodes[spec.Nodes[0].Name].Run($"{name}-rollout", RepmgrNodeRenderer.RolloutCommand, state, BundleOptions.For(this, options, bundles));
        RegisterOutputs();
    }

    /// <summary>
    /// Is there when the cluster leads, streams and runs with the configuration that its nodes were given; whatever needs a cluster that
    /// can be written to depends on it.
    /// </summary>
    public Command Rollout { get; }
}
