namespace AppStack.Components.Services;

/// <summary>How a service is told about its database.</summary>
public sealed record ServiceDatabaseBinding
{
    /// <summary>The environment variable that holds the connection string, without the password.</summary>
    public required string Setting { get; init; }

    /// <summary>The environment variable that says in which file the password is.</summary>
    public required string PasswordFile { get; init; }

    /// <summary>The environment variable that holds the connection string for reading from standbys; null: it does not read there. Default: null.</summary>
    public string? ReadOnlySetting { get; init; }
}
