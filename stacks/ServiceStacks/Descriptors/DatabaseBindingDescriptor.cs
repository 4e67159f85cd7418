using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>How a service is told about its database, and what its schema is.</summary>
public sealed record DatabaseBindingDescriptor
{
    /// <summary>The connection string.</summary>
    [Key("The environment variable that gets the connection string (Npgsql), without the password.", Required = true, Format = TextFormat.Variable, Example = "Benefits__Database")]
    public string? Setting { get; init; }

    /// <summary>The password.</summary>
    [Key("The environment variable that says in which file the password is.", Required = true, Format = TextFormat.Variable, Example = "Benefits__PasswordFile")]
    public string? PasswordFile { get; init; }

    /// <summary>The connection string of standbys.</summary>
    [Key("The environment variable that gets the connection string for reading from standbys.", Default = "none", Format = TextFormat.Variable)]
    public string? ReadOnlySetting { get; init; }

    /// <summary>The schema.</summary>
    [Key("Folder with its migrations (0001-persons.sql, ...), relative to the repository. New ones run before the version's pods start; what has run stays when a version is taken back.", Example = "stacks/services/benefits/migrations")]
    public string? Migrations { get; init; }
}
