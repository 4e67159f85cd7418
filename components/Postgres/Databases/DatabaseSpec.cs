using System.Collections.Immutable;

namespace AppStack.Components.Postgres.Databases;

/// <summary>The database of one service; never shared by two.</summary>
public sealed record DatabaseSpec
{
    /// <summary>Name of the database: that of the service, with underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Connections that all together may have at one server: what poolers can open (<see cref="PgBouncer.ConnectionBudget"/>). Default: 50.</summary>
    public int ConnectionLimit { get; init; } = 50;

    /// <summary>Extensions, out of <see cref="DatabaseExtensions.Allowed"/>. Default: none.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>Generation of the passwords of all its roles; one more rotates them. Default: 1.</summary>
    public int PasswordGeneration { get; init; } = 1;

    /// <summary>A statement of the service or of a reader that runs longer is cancelled; zero: never. Default: 60 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The schema's changes. Default: none.</summary>
    public ImmutableArray<DatabaseMigration> Migrations { get; init; } = [];

    /// <summary>The specification of one of its roles.</summary>
    /// <param name="kind">What the role is for.</param>
    /// <returns>The specification.</returns>
    public DatabaseRoleSpec Role(DatabaseRoleKind kind) => new()
    {
        Database = Name,
        Kind = kind,
        Generation = PasswordGeneration,
        ConnectionLimit = ConnectionLimit,
        StatementTimeout = kind == DatabaseRoleKind.Migration ? TimeSpan.Zero : StatementTimeout,
    };
}
