using Microsoft.Extensions.Options;
using Npgsql;

namespace Dilosi;

/// <summary>The settings, as environment variables (<c>Dilosi__Port=8080</c>) or arguments (<c>--Dilosi:Port=8080</c>).</summary>
public sealed record DilosiOptions
{
    /// <summary>The largest request that is read: 64 KiB, eight times the longest text that a declaration may have.</summary>
    public const long MaxRequestBytes = 64 * 1024;

    /// <summary>The port for citizens. Default: 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The port for health and metrics. Default: 8081.</summary>
    public int OperationsPort { get; init; } = 8081;

    /// <summary>
    /// How the database is reached, without a password: <c>Host=pooler1,pooler2;Database=dilosi;Username=...</c>. Several hosts are
    /// tried in turn, so that losing a pooler loses nothing.
    /// </summary>
    public required string Database { get; init; }

    /// <summary>
    /// The file with the password. It is read for every new connection: when the password is rotated, the platform replaces the file
    /// and the service goes on. Default: none, the database asks for no password.
    /// </summary>
    public string? PasswordFile { get; init; }

    /// <summary>How long a request tries again while the database changes its leader. Default: 15 s.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to finish open requests when the service is stopped. Default: 25 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The address of the service as citizens know it, for the links in documents. Default: relative links.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Reads the section <c>Dilosi</c>.</summary>
    /// <exception cref="OptionsValidationException">Settings are missing or wrong; names all of them.</exception>
    public static DilosiOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Dilosi");
        var defaults = new DilosiOptions { Database = section["Database"] ?? "" };
        var options = defaults with
        {
            Port = section.GetValue("Port", defaults.Port),
            OperationsPort = section.GetValue("OperationsPort", defaults.OperationsPort),
            PasswordFile = section["PasswordFile"],
            RetryFor = section.GetValue("RetryFor", defaults.RetryFor),
            ShutdownTimeout = section.GetValue("ShutdownTimeout", defaults.ShutdownTimeout),
            PublicUrl = section["PublicUrl"]?.TrimEnd('/') ?? "",
        };
        List<string> problems = [.. options.Problems()];
        return problems.Count == 0 ? options : throw new OptionsValidationException("Dilosi", typeof(DilosiOptions), problems);
    }

    private IEnumerable<string> Problems()
    {
        if (Port == OperationsPort)
        {
            yield return $"Dilosi:Port and Dilosi:OperationsPort are both {Port}; citizens must not reach metrics.";
        }

        if (PasswordFile is not null && !File.Exists(PasswordFile))
        {
            yield return $"Dilosi:PasswordFile is {PasswordFile}, which does not exist.";
        }

        if (Database.Length == 0)
        {
            yield return "Dilosi:Database is missing: Host=...;Database=...;Username=...";
            yield break;
        }

        string? wrong = null;
        try
        {
            if (new NpgsqlConnectionStringBuilder(Database).Password is { Length: > 0 })
            {
                wrong = "Dilosi:Database holds a password, which would show in the process's environment; put it into a file and name that in Dilosi:PasswordFile.";
            }
        }
        catch (ArgumentException exception)
        {
            wrong = $"Dilosi:Database is not a connection string: {exception.Message}";
        }

        if (wrong is not null)
        {
            yield return wrong;
        }
    }
}
