using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>
/// The poolers of one database cluster. Each serves all of its databases by itself, so losing one loses nothing: clients list
/// all of them. Transaction pooling; TLS to clients and to servers.
/// </summary>
public sealed record PgBouncerGroupSpec
{
    /// <summary>The default of <see cref="Port"/>.</summary>
    public const int DefaultPort = 6432;

    /// <summary>Name of the database cluster; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The machines, in the order in which they are changed; at least one, two where service must not depend on one.</summary>
    public required ImmutableArray<PgBouncerNodeSpec> Poolers { get; init; }

    /// <summary>The cluster's database nodes; at least one.</summary>
    public required ImmutableArray<PgBouncerServerSpec> Servers { get; init; }

    /// <summary>Name of the server that leads when the cluster is made; where poolers point until they have learned better.</summary>
    public required string FirstLeader { get; init; }

    /// <summary>The databases that clients may use; others do not exist for them. Default: none.</summary>
    public ImmutableArray<PooledDatabaseSpec> Databases { get; init; } = [];

    /// <summary>Networks (CIDR) of the clients.</summary>
    public required ImmutableArray<string> ClientNetworks { get; init; }

    /// <summary>Who may log in to the machines and who may ask for health and metrics.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>Connections that each server accepts (<c>max_connections</c>). Default: 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Connections of each server that pools leave alone: for superusers, the cluster itself, monitoring, migrations. Default: 20.</summary>
    public int ReservedConnections { get; init; } = 20;

    /// <summary>How fast writes come back after the leader is lost. Default: <see cref="RecoveryTimePromise.Standard"/>.</summary>
    public RecoveryTimePromise Rto { get; init; } = RecoveryTimePromise.Standard;

    /// <summary>Connections of clients that one pooler accepts. Default: 2000.</summary>
    public int MaxClientConnections { get; init; } = 2000;

    /// <summary>Whether versions that are known to be unsafe are refused instead of warned of. Default: true.</summary>
    public bool Production { get; init; } = true;

    /// <summary>Port for clients. Default: 6432.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Port of each pooler's health endpoint (HTTP), open to <see cref="AccessSpec.MonitoringNetworks"/>. Default: 6433.</summary>
    public int HealthPort { get; init; } = 6433;

    /// <summary>Port of the PostgreSQL servers. Default: 5432.</summary>
    public int ServerPort { get; init; } = 5432;

    /// <summary>TCP port of the status endpoint (HTTP) of the guards on the servers. Default: 7433.</summary>
    public int StatusPort { get; init; } = RepmgrClusterSpec.DefaultStatusPort;
}
