using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Lab;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Stacks.Environments;
using Pulumi;
using Pulumi.Random;

namespace AppStack.Stacks;

/// <summary>
/// Declares the database part of a platform: the authority, the secrets, the clusters, whose rollout ends when each can be written to, then
/// their poolers, then the databases of the services, and beside these the first backups.
/// </summary>
internal static class DatabaseResources
{
    private const int PasswordLength = 32;

    /// <summary>Declares everything.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">The machines by name.</param>
    /// <param name="lab">The lab, whose end makes tidying up needless; null when the nodes exist without us.</param>
    /// <param name="folder">The repository's folder, in which migrations lie.</param>
    /// <returns>What the stack of each service has to know of its database, by service.</returns>
    public static IReadOnlyList<(string Service, Output<ImmutableDictionary<string, string>> Open, Output<ImmutableDictionary<string, string>> Secret)> Declare(EnvironmentSpec environment, PlatformPlan plan, IReadOnlyDictionary<string, BareMetalNode> nodes, LocalLab? lab, string folder)
    {
        var services = new List<(string Service, Output<ImmutableDictionary<string, string>> Open, Output<ImmutableDictionary<string, string>> Secret)>();
        if (plan.Databases.IsEmpty)
        {
            return services;
        }

        if (lab is null)
        {
            Log.Warn($"{environment.File}: database clusters are new: failover was measured in a lab only, and docs/components/postgres.md lists what is not proven. Do not put data on them that must not be lost.");
        }

        var authority = new PrivateAuthority("databases-authority");
        var repositories = plan.Backups
            .Select(spec => new BackupRepository(
                spec.Name,
                new BackupRepositoryArgs { Spec = spec, Node = nodes[spec.Name], Authority = authority, Passphrase = Password($"{spec.Name}-passphrase") },
                new ComponentResourceOptions { DeletedWith = lab }))
            .ToDictionary(repository => repository.Address, StringComparer.Ordinal);
        foreach (var spec in plan.Restores)
        {
            _ = new RestoreNode(spec.Name, new RestoreNodeArgs { Spec = spec, Node = nodes[spec.Name], Authority = authority }, new ComponentResourceOptions { DeletedWith = lab });
        }

        // Who follows has the roles of whom it follows, and comes after it.
        var secretsOf = new Dictionary<string, RepmgrClusterSecrets>(StringComparer.Ordinal);
        var rollouts = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var cluster in plan.Databases.OrderBy(cluster => cluster.Source is not null))
        {
            foreach (var warning in RepmgrClusterValidator.Warnings(cluster))
            {
                Log.Warn($"{environment.File}: databases: {cluster.Name}: {warning}");
            }

            var secrets = cluster.Source is { } source
                ? secretsOf[source.Name] with { GuardKey = Password($"{cluster.Name}-guard-key") }
                : Secrets(cluster.Name, authority);
            secretsOf[cluster.Name] = secrets;
            var deployed = new RepmgrCluster(
                cluster.Name,
                new RepmgrClusterArgs { Spec = cluster, Nodes = nodes, Secrets = secrets },
                new ComponentResourceOptions { DeletedWith = lab, DependsOn = cluster.Source is { } followed ? [rollouts[followed.Name]] : [] });
            rollouts[cluster.Name] = deployed.Rollout;
            if (cluster.Backup is { } backup)
            {
                _ = repositories[backup.Address].Ensure(cluster, deployed.Rollout);
            }

            if (plan.Poolers.FirstOrDefault(group => group.Name == cluster.Name) is { } poolers)
            {
                services.AddRange(PoolerResources.Declare(environment.Databases.Single(found => found.Name == cluster.Name), poolers, secrets, nodes, lab, deployed.Rollout, folder));
            }
        }

        return services;
    }

    private static RepmgrClusterSecrets Secrets(string cluster, PrivateAuthority authority) => new()
    {
        Authority = authority,
        GuardKey = Password($"{cluster}-guard-key"),
        RepmgrPassword = Password($"{cluster}-repmgr-password"),
        PoolerPassword = Password($"{cluster}-pooler-password"),
        MonitorPassword = Password($"{cluster}-monitor-password"),
    };

    // Letters and digits only: the values stand in files with rules of quoting of their own.
    private static Output<string> Password(string name) =>
        new RandomPassword(name, new RandomPasswordArgs { Length = PasswordLength, Special = false }).Result;
}
