using System.Collections.Immutable;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Postgres.Timeline;

namespace AppStack.Components.Postgres;

/// <summary>
/// A PostgreSQL cluster outside of Kubernetes: one leader, standbys, and perhaps witnesses. The voters (database nodes and witnesses)
/// agree by lease on who may write; repmgr clones and keeps the register of nodes.
/// </summary>
public sealed record RepmgrClusterSpec
{
    /// <summary>The default of <see cref="Port"/>.</summary>
    public const int DefaultPort = 5432;

    /// <summary>The default of <see cref="MaxLagMiB"/>.</summary>
    public const int DefaultMaxLagMiB = 16;

    /// <summary>The default of <see cref="StatusPort"/>.</summary>
    public const int DefaultStatusPort = 7433;

    /// <summary>Name of the cluster; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Major version of PostgreSQL, e.g. 15.</summary>
    public required int Version { get; init; }

    /// <summary>The nodes that hold data; at least one.</summary>
    public required ImmutableArray<RepmgrNodeSpec> Nodes { get; init; }

    /// <summary>The nodes that only vote. Default: none.</summary>
    public ImmutableArray<RepmgrWitnessSpec> Witnesses { get; init; } = [];

    /// <summary>Name of the node that leads when the cluster is made; later the cluster knows.</summary>
    public required string FirstLeader { get; init; }

    /// <summary>How fast writes come back after the leader is lost. Default: <see cref="RecoveryTimePromise.Standard"/>.</summary>
    public RecoveryTimePromise Rto { get; init; } = RecoveryTimePromise.Standard;

    /// <summary>Whether an acknowledged write may be lost. Default: <see cref="RecoveryPointPromise.Zero"/>.</summary>
    public RecoveryPointPromise Rpo { get; init; } = RecoveryPointPromise.Zero;

    /// <summary>
    /// With <see cref="RecoveryPointPromise.Bounded"/>: how much WAL, in MiB, a node may lack of what the last leader is known to have written and be elected all
    /// the same. Default: 16, one segment of WAL, as a switchover and <c>verify</c> want it.
    /// </summary>
    public int MaxLagMiB { get; init; } = DefaultMaxLagMiB;

    /// <summary>Connections that PostgreSQL accepts. Default: 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Parameters of PostgreSQL that the user wants otherwise; those that the cluster depends on are refused. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Exact version of Debian's package <c>postgresql-N</c>, e.g. <c>15.20-0+deb12u1</c>; null: whichever is installed. Default: null.</summary>
    public string? PackageVersion { get; init; }

    /// <summary>The timers; null: those of <see cref="Rto"/>. Default: null.</summary>
    public FailoverTimers? Timers { get; init; }

    /// <summary>Addresses of the poolers; they connect for the services. Default: none.</summary>
    public ImmutableArray<string> PoolerAddresses { get; init; } = [];

    /// <summary>Addresses from which clients may connect without a pooler, e.g. to compare. Default: none.</summary>
    public ImmutableArray<string> DirectAddresses { get; init; } = [];

    /// <summary>The cluster that this one follows, to take its place after a disaster (<c>appstack-pg promote</c>). Null: it leads itself. Default: null.</summary>
    public RepmgrSourceSpec? Source { get; init; }

    /// <summary>Database nodes of clusters that follow this one. Default: none.</summary>
    public ImmutableArray<RepmgrPeerSpec> Followers { get; init; } = [];

    /// <summary>Where backups and WAL go. Null: nothing is archived. Default: null.</summary>
    public BackupTargetSpec? Backup { get; init; }

    /// <summary>Who may log in and who may scrape metrics.</summary>
    public required AccessSpec Access { get; init; }

    /// <summary>Whether versions that are known to be unsafe are refused instead of warned of. Default: true.</summary>
    public bool Production { get; init; } = true;

    /// <summary>Port of PostgreSQL. Default: 5432.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>UDP port on which the guards talk to each other. Default: 7432.</summary>
    public int GuardPort { get; init; } = 7432;

    /// <summary>TCP port of each guard's status endpoint (HTTP). Default: 7433.</summary>
    public int StatusPort { get; init; } = DefaultStatusPort;

    /// <summary>The timers that are in effect.</summary>
    public FailoverTimers EffectiveTimers => Timers ?? FailoverTimers.For(Rto);

    /// <summary>Database nodes and witnesses.</summary>
    public int Voters => Nodes.Length + Witnesses.Length;

    /// <summary>Voters that have to agree.</summary>
    public int Majority => (Voters / 2) + 1;

    /// <summary>Standbys that must have a commit on disk before it is acknowledged: any majority that elects a leader then knows a holder of it.</summary>
    public int SynchronousStandbys => Rpo == RecoveryPointPromise.Zero ? Nodes.Length / 2 : 0;
}
