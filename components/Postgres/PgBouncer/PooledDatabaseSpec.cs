namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>
/// A database that clients reach through the poolers, under two names: <c>NAME</c> is the leader, <c>NAME_ro</c> the standbys
/// (the leader while there is no standby).
/// </summary>
public sealed record PooledDatabaseSpec
{
    /// <summary>What follows the name of the read-only endpoint.</summary>
    public const string ReadOnlySuffix = "_ro";

    /// <summary>Name of the database; lower-case letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Connections to the leader that one pooler may hold for this database, whoever its users are. Default: 10.</summary>
    public int PoolSize { get; init; } = 10;

    /// <summary>Connections to the standbys, all together, that one pooler may hold; 0: there is no read-only endpoint. Default: 5.</summary>
    public int ReadOnlyPoolSize { get; init; } = 5;

    /// <summary>
    /// Connections of one pooler for its own question at each login, whose password it is (<c>auth_query</c>): one for each endpoint. PgBouncer (1.18) asks it in the
    /// client's database; when services had all connections there, nobody could log in as long as they are busy.
    /// </summary>
    public int LoginConnections => ReadOnlyPoolSize > 0 ? 2 : 1;

    /// <summary>Name of the read-only endpoint.</summary>
    public string ReadOnlyName => Name + ReadOnlySuffix;
}
