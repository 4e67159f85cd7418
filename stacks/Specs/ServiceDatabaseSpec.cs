using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>The database of a service in a PostgreSQL cluster.</summary>
public sealed record ServiceDatabaseSpec
{
    /// <summary>Name of the service.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its database.</summary>
    public string Database => DatabaseOf(Name);

    /// <summary>Connections to the leader that each pooler may hold for it.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Connections to standbys that each pooler may hold for it; 0: no read-only endpoint.</summary>
    public required int ReadOnlyPoolSize { get; init; }

    /// <summary>Extensions of PostgreSQL.</summary>
    public required ImmutableArray<string> Extensions { get; init; }

    /// <summary>Generation of its passwords.</summary>
    public required int PasswordGeneration { get; init; }

    /// <summary>Folder with its migrations, relative to the repository; <see langword="null"/> when it has none.</summary>
    public string? Migrations { get; init; }

    /// <summary>The name of a service's database: hyphens would need quotes everywhere.</summary>
    public static string DatabaseOf(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Replace('-', '_');
    }
}
