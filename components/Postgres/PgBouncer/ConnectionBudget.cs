using System.Collections.Immutable;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>
/// How many connections poolers can open at one server in the worst case. That is when one server is left and serves the
/// read-only endpoints, too; a budget that only works while nothing is broken is none.
/// </summary>
/// <param name="Poolers">How many poolers there are.</param>
/// <param name="Databases">The databases.</param>
/// <param name="MaxConnections">Connections that a server accepts (<c>max_connections</c>).</param>
/// <param name="ReservedConnections">Those that pools leave alone.</param>
public sealed record ConnectionBudget(int Poolers, ImmutableArray<PooledDatabaseSpec> Databases, int MaxConnections, int ReservedConnections)
{
    /// <summary>What they take together.</summary>
    public int Total => Databases.Sum(Of);

    /// <summary>What a server has for all of them.</summary>
    public int Available => MaxConnections - ReservedConnections;

    /// <summary>What is wrong with the budget, as a sentence with its sum; null: nothing is.</summary>
    public string? Problem => Total <= Available
        ? null
        : $"can open {Total} connections at one server: {string.Join(", ", Databases.Select(d => $"{d.Name} ({d.PoolSize} + {d.ReadOnlyPoolSize} + {d.LoginConnections} for logins) x {Poolers} = {Of(d)}"))}; "
            + $"it accepts {MaxConnections}, of which {ReservedConnections} are reserved";

    /// <summary>What would be right; empty when nothing is wrong.</summary>
    public string Remedy => Problem is null ? "" : $"pools that are smaller by {Total - Available} in all, or maxConnections: {Total + ReservedConnections}";

    /// <summary>The budget of a group.</summary>
    /// <param name="spec">The group.</param>
    /// <returns>The budget.</returns>
    public static ConnectionBudget Of(PgBouncerGroupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(spec.Poolers.Length, spec.Databases, spec.MaxConnections, spec.ReservedConnections);
    }

    /// <summary>What one database may take at one server: (pool + read-only pool + those for logins) x poolers; also its connection limit in PostgreSQL.</summary>
    /// <param name="database">The database.</param>
    /// <returns>Connections.</returns>
    public int Of(PooledDatabaseSpec database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return (database.PoolSize + database.ReadOnlyPoolSize + database.LoginConnections) * Poolers;
    }
}
