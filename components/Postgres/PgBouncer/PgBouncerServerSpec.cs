namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>A PostgreSQL server behind the poolers.</summary>
public sealed record PgBouncerServerSpec
{
    /// <summary>Name of the node.</summary>
    public required string Name { get; init; }

    /// <summary>Address; the server's certificate must be valid for it.</summary>
    public required string Address { get; init; }
}
