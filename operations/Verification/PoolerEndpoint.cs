using System.Net;
using AppStack.Components.Postgres.PgBouncer;

namespace AppStack.Operations.Verification;

/// <summary>An endpoint of a pooler, at which a service logs in.</summary>
/// <param name="Address">The pooler's own address and port: each must serve everything by itself.</param>
/// <param name="Database">The database behind it.</param>
/// <param name="ReadOnly">Whether it is the one that leads to standbys.</param>
public sealed record PoolerEndpoint(IPEndPoint Address, string Database, bool ReadOnly)
{
    /// <summary>The name of the database that a client asks for, which chooses the endpoint.</summary>
    public string Name => ReadOnly ? Database + PooledDatabaseSpec.ReadOnlySuffix : Database;
}
