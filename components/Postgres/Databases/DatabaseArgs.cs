using System.Collections.Immutable;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.PgBouncer;
using Pulumi;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Arguments of a <see cref="Database"/>.</summary>
public sealed class DatabaseArgs : ResourceArgs
{
    /// <summary>The database. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required DatabaseSpec Spec { get; set; }

    /// <summary>A database node of the cluster, whichever; statements go from there to the leader.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>A pooler of the cluster; migrations go from there through the poolers. It must know the database.</summary>
    public required BareMetalNode Pooler { get; set; }

    /// <summary>Addresses of all poolers.</summary>
    public required ImmutableArray<string> PoolerHosts { get; set; }

    /// <summary>Port of the poolers. Default: 6432.</summary>
    public int PoolerPort { get; set; } = PgBouncerGroupSpec.DefaultPort;

    /// <summary>Certificate (PEM) of the authority that vouches for poolers; clients need it.</summary>
    public required Output<string> Authority { get; set; }

    /// <summary>What has to be there before migrations run: the poolers. Default: none.</summary>
    public ImmutableArray<Resource> Poolers { get; set; } = [];
}
