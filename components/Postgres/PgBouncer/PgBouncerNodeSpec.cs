namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>A machine that runs PgBouncer.</summary>
public sealed record PgBouncerNodeSpec
{
    /// <summary>Name of the node; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Address at which clients connect; the certificate is valid for it.</summary>
    public required string Address { get; init; }
}
