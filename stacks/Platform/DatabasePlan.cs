using System.Collections.Immutable;
using AppStack.Components.Postgres;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>The database clusters: who votes, who holds data, who may connect.</summary>
internal static class DatabasePlan
{
    /// <summary>The clusters of an environment, in the descriptor's order.</summary>
    public static ImmutableArray<RepmgrClusterSpec> Clusters(EnvironmentSpec environment) =>
        [.. environment.Databases.Select(database => Cluster(environment, database))];

    private static RepmgrClusterSpec Cluster(EnvironmentSpec environment, DatabaseSpec database) => new()
    {
        Name = database.Name,
        Version = database.Version,
        Nodes =
        [
            .. database.Servers.Select(node => new RepmgrNodeSpec
            {
                Name = node.Name,
                Seq = node.Seq,
                Address = Address(node),
                MemoryMiB = node.MemoryMiB,
                Cores = node.Cores,
            }),
        ],
        Witnesses = [.. database.Witnesses.Select(node => new RepmgrWitnessSpec { Name = node.Name, Address = Address(node) })],
        FirstLeader = database.FirstLeader.Name,
        Rto = database.Rto switch
        {
            RecoveryTime.Fast => RecoveryTimePromise.Fast,
            RecoveryTime.Careful => RecoveryTimePromise.Careful,
            _ => RecoveryTimePromise.Standard,
        },
        Rpo = database.Rpo == RecoveryPoint.Bounded ? RecoveryPointPromise.Bounded : RecoveryPointPromise.Zero,
        MaxConnections = database.MaxConnections,
        Parameters = database.Parameters,
        PoolerAddresses = [.. database.Poolers.Select(Address)],
        DirectAddresses = environment.Lab is null ? [] : [.. environment.NodesOf(NodeRole.Client).Select(Address)],
        BackupAddresses = [.. environment.NodesOf(NodeRole.Backup).Select(Address)],
        Access = NodeAccess.Of(environment, node => [node.MainAddress]),
        Production = !environment.DrillsWelcome,
    };

    /// <summary>The address for other nodes.</summary>
    internal static string Address(NodeSpec node) => node.MainAddress.ToString();
}
