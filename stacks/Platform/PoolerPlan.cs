using System.Collections.Immutable;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>The poolers of the database clusters: which databases, for whom, and how many connections.</summary>
internal static class PoolerPlan
{
    /// <summary>The poolers of an environment, one group for each cluster.</summary>
    public static ImmutableArray<PgBouncerGroupSpec> Groups(EnvironmentSpec environment, ImmutableArray<RepmgrClusterSpec> clusters) =>
        [.. environment.Databases.Where(database => !database.Poolers.IsEmpty).Select(database => Group(environment, database, clusters.Single(found => found.Name == database.Name)))];

    private static PgBouncerGroupSpec Group(EnvironmentSpec environment, DatabaseSpec database, RepmgrClusterSpec cluster) => new()
    {
        Name = database.Name,
        Poolers = [.. database.Poolers.Select(node => new PgBouncerNodeSpec { Name = node.Name, Address = DatabasePlan.Address(node) })],
        Servers = [.. cluster.Nodes.Select(node => new PgBouncerServerSpec { Name = node.Name, Address = node.Address })],
        FirstLeader = cluster.FirstLeader,
        Databases =
        [
            .. database.Services.Select(service => new PooledDatabaseSpec
            {
                Name = service.Database,
                PoolSize = service.PoolSize,
                ReadOnlyPoolSize = service.ReadOnlyPoolSize,
            }),
        ],
        ClientNetworks = Clients(environment, database),
        Access = cluster.Access,
        MaxConnections = cluster.MaxConnections,
        ReservedConnections = database.ReservedConnections,
        Rto = cluster.Rto,
        ServerPort = cluster.Port,
        StatusPort = cluster.StatusPort,
        Production = cluster.Production,
    };

    // Pods come with their own addresses or with their node's; poolers themselves run migrations. Whoever looks at a lab may try it from the host.
    private static ImmutableArray<string> Clients(EnvironmentSpec environment, DatabaseSpec database)
    {
        var nodes = environment.Nodes.Where(node => node.Role is NodeRole.Client or NodeRole.ControlPlane or NodeRole.Worker or NodeRole.Backend)
            .Concat(database.Poolers)
            .SelectMany(node => node.Interfaces)
            .SelectMany(found => new[] { found.Network.V4.ToString(), found.Network.V6?.ToString() });
        return
        [
            .. nodes.OfType<string>()
                .Concat(environment.Clusters.Select(cluster => cluster.PodNetwork.ToString()))
                .Concat(environment.Ssh.From.Select(network => network.ToString())) // `verify` logs in from there
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
