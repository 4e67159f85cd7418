using System.Collections.Immutable;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>The database clusters: who votes, who holds data, who may connect.</summary>
internal static class DatabasePlan
{
    /// <summary>The clusters of an environment, in the descriptor's order.</summary>
    public static ImmutableArray<RepmgrClusterSpec> Clusters(EnvironmentSpec environment) =>
        [.. environment.Databases.Select(database => Cluster(environment, database))];

    /// <summary>The repositories of backups; a backup node that no cluster uses is none.</summary>
    public static ImmutableArray<BackupRepositorySpec> Repositories(EnvironmentSpec environment, ImmutableArray<RepmgrClusterSpec> clusters) =>
    [
        .. environment.NodesOf(NodeRole.Backup)
            .Select(node => new BackupRepositorySpec
            {
                Name = node.Name,
                Address = Address(node),
                Clusters = [.. clusters.Where(cluster => cluster.Backup?.Address == Address(node))],
                RestoreAddresses = [.. environment.NodesOf(NodeRole.Restore).Select(Address)],
                Access = NodeAccess.Of(environment, found => [found.MainAddress]),
            })
            .Where(repository => !repository.Clusters.IsEmpty),
    ];

    /// <summary>The nodes for restores; each may restore every cluster that has backups.</summary>
    public static ImmutableArray<RestoreNodeSpec> Restores(EnvironmentSpec environment, ImmutableArray<RepmgrClusterSpec> clusters) =>
    [
        .. environment.NodesOf(NodeRole.Restore).Select(node => new RestoreNodeSpec
        {
            Name = node.Name,
            Address = Address(node),
            Clusters = [.. clusters.Where(cluster => cluster.Backup is not null)],
            Access = NodeAccess.Of(environment, found => [found.MainAddress]),
        }),
    ];

    /// <summary>Where the backups of a cluster go: to another site than the leader's when there is one, so that they outlive a site.</summary>
    public static NodeSpec? Repository(EnvironmentSpec environment, DatabaseSpec database) =>
        database.Follows is not null ? null : environment.NodesOf(NodeRole.Backup).OrderBy(node => node.Site == database.FirstLeader.Site).FirstOrDefault();

    private static RepmgrClusterSpec Cluster(EnvironmentSpec environment, DatabaseSpec database) => new()
    {
        Name = database.Name,
        Version = database.Version,
        PackageVersion = database.Package,
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
        MaxLagMiB = database.MaxLagMiB ?? RepmgrClusterSpec.DefaultMaxLagMiB,
        MaxConnections = database.MaxConnections,
        Parameters = database.Parameters,
        PoolerAddresses = [.. database.Poolers.Select(Address)],
        DirectAddresses = environment.Lab is null ? [] : [.. environment.NodesOf(NodeRole.Client).Select(Address)],
        Source = environment.Databases.FirstOrDefault(found => found.Name == database.Follows) is { } source
            ? new RepmgrSourceSpec(source.Name, Peers(source), source.MaxConnections)
            : null,
        Followers = [.. environment.Databases.Where(found => found.Follows == database.Name).SelectMany(found => Peers(found))],
        Backup = Repository(environment, database) is { } repository ? Target(database.Backups, Address(repository)) : null,
        Access = NodeAccess.Of(environment, node => [node.MainAddress]),
        Production = !environment.DrillsWelcome,
    };

    private static ImmutableArray<RepmgrPeerSpec> Peers(DatabaseSpec database) => [.. database.Servers.Select(node => new RepmgrPeerSpec(node.Name, Address(node)))];

    private static BackupTargetSpec Target(BackupsSpec wanted, string address) => new()
    {
        Address = address,
        QueueMiB = wanted.QueueMiB ?? BackupTargetSpec.DefaultQueueMiB,
        KeepFull = wanted.KeepFull ?? BackupTargetSpec.DefaultKeepFull,
        KeepDifferential = wanted.KeepDifferential ?? BackupTargetSpec.DefaultKeepDifferential,
        FullSchedule = wanted.Full ?? BackupTargetSpec.DefaultFullSchedule,
        DifferentialSchedule = wanted.Differential ?? BackupTargetSpec.DefaultDifferentialSchedule,
        IncrementalSchedule = wanted.Incremental ?? BackupTargetSpec.DefaultIncrementalSchedule,
    };

    /// <summary>The address for other nodes.</summary>
    internal static string Address(NodeSpec node) => node.MainAddress.ToString();
}
