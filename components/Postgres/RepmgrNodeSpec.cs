namespace AppStack.Components.Postgres;

/// <summary>A node that holds data.</summary>
public sealed record RepmgrNodeSpec
{
    /// <summary>Name of the node; also its name in repmgr and as a standby.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the node in the cluster, unique and never reused; repmgr's node id.</summary>
    public required int Seq { get; init; }

    /// <summary>Address for the other nodes.</summary>
    public required string Address { get; init; }

    /// <summary>Memory that PostgreSQL may count on, in MiB. Default: 1024.</summary>
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>Processor cores that PostgreSQL may count on. Default: 2.</summary>
    public int Cores { get; init; } = 2;
}
