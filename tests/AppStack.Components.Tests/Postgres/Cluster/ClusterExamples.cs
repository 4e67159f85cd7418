using System.Collections.Immutable;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Backups;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>Database clusters for tests.</summary>
internal static class ClusterExamples
{
    /// <summary>Three nodes with data, poolers, a backup node, parameters of the user.</summary>
    public static RepmgrClusterSpec Three { get; } = new()
    {
        Name = "main",
        Version = 15,
        Nodes = [Node(1), Node(2), Node(3)],
        FirstLeader = "main-db-1",
        Rto = RecoveryTimePromise.Fast,
        MaxConnections = 100,
        Parameters = new Dictionary<string, string> { ["work_mem"] = "8MB", ["log_min_duration_statement"] = "250ms" }.ToImmutableSortedDictionary(),
        PoolerAddresses = ["10.0.0.46", "fd00::46"],
        Backup = new BackupTargetSpec { Address = "10.0.0.61" },
        Access = new AccessSpec { ManagementNetworks = ["10.0.0.0/24"] },
    };

    /// <summary>Two nodes with data and a witness.</summary>
    public static RepmgrClusterSpec TwoAndWitness { get; } = Three with
    {
        Nodes = [Node(1), Node(2)],
        Witnesses = [new() { Name = "main-witness-1", Address = "10.0.0.44" }],
    };

    /// <summary>Secrets that are none.</summary>
    public static RepmgrNodeSecrets Secrets { get; } = new("private key\n", "certificate\n", "authority\n", "guard-key", "repmgr-password", "pooler-password", "monitor-password", new("backup private key\n", "backup certificate\n", "authority\n"));

    public static RepmgrNodeSpec Node(int seq) => new() { Name = $"main-db-{seq}", Seq = seq, Address = $"10.0.0.4{seq}", MemoryMiB = 4096, Cores = 4 };
}
