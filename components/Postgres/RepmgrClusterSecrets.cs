using AppStack.Components.Certificates;
using Pulumi;

namespace AppStack.Components.Postgres;

/// <summary>What the parties of one cluster know of each other. Made once and kept in the stack's state, encrypted.</summary>
public sealed record RepmgrClusterSecrets
{
    /// <summary>The authority that issues the certificates of database nodes, poolers, backup nodes and clients.</summary>
    public required PrivateAuthority Authority { get; init; }

    /// <summary>The key with which guards authenticate their messages.</summary>
    public required Output<string> GuardKey { get; init; }

    /// <summary>Password of <see cref="PostgresUsers.Repmgr"/>.</summary>
    public required Output<string> RepmgrPassword { get; init; }

    /// <summary>Password of <see cref="PostgresUsers.PoolerAuthentication"/>.</summary>
    public required Output<string> PoolerPassword { get; init; }

    /// <summary>Password of <see cref="PostgresUsers.Monitor"/>.</summary>
    public required Output<string> MonitorPassword { get; init; }
}
