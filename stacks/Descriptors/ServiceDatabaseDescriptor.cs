namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The database of a service in a PostgreSQL cluster.</summary>
public sealed record ServiceDatabaseDescriptor
{
    /// <summary>The service.</summary>
    [Key("Name of the service; its database and roles are called the same, with underscores for hyphens.", Required = true, Format = TextFormat.Name, Example = "benefits")]
    public string? Name { get; init; }

    /// <summary>Connections to the leader.</summary>
    [Key("Connections to the leader that each pooler may hold for it.", Default = "10", Minimum = 1, Maximum = 1000)]
    public int? Pool { get; init; }

    /// <summary>Connections to standbys.</summary>
    [Key("Connections to standbys that each pooler may hold for it; 0: no read-only endpoint.", Default = "5", Minimum = 0, Maximum = 1000)]
    public int? ReadOnlyPool { get; init; }

    /// <summary>Extensions.</summary>
    [Key("Extensions of PostgreSQL, out of those that services may have.", Example = "[citext, pg_trgm]")]
    public IReadOnlyList<string?> Extensions { get; init; } = [];

    /// <summary>Generation of its passwords.</summary>
    [Key("Generation of its passwords; one more rotates them: the other login role of each pair gets a new password, the previous one stays valid.", Default = "1", Minimum = 1, Maximum = 1_000_000)]
    public int? PasswordGeneration { get; init; }

    /// <summary>Its schema.</summary>
    [Key("Folder with its migrations (0001-persons.sql, ...), relative to the repository; for a service that has no stack of its own (its migrations stand in its service.yaml).", Example = "stacks/services/benefits/migrations")]
    public string? Migrations { get; init; }
}
