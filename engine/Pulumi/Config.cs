using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>Reads the stack's configuration: the values of one namespace, which is the project's name by default.</summary>
public sealed class Config
{
    private const string OldSuffix = ":config";

    private readonly string _name;

    /// <summary>Reads a namespace.</summary>
    /// <param name="name">The namespace; the project's name when null. An ending <c>:config</c> is ignored.</param>
    public Config(string? name = null)
    {
        name ??= Deployment.Instance.ProjectName;
        _name = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
    }

    /// <summary>A text, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    public string? Get(string key) => Deployment.Internal.GetConfig(FullKey(key));

    /// <summary>A text as a secret, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A text that must be there.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value.</exception>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>A text that must be there, as a secret.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value.</exception>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>A boolean, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a boolean.</exception>
    public bool? GetBoolean(string key) => Parse(key, ParseBoolean);

    /// <summary>A boolean as a secret, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a boolean.</exception>
    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A boolean that must be there.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a boolean.</exception>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <summary>A boolean that must be there, as a secret.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a boolean.</exception>
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>A whole number, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a whole number.</exception>
    public int? GetInt32(string key) => Parse(key, ParseInt32);

    /// <summary>A whole number as a secret, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a whole number.</exception>
    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A whole number that must be there.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a whole number.</exception>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <summary>A whole number that must be there, as a secret.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a whole number.</exception>
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>A number, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a number.</exception>
    public double? GetDouble(string key) => Parse(key, ParseDouble);

    /// <summary>A number as a secret, or null when there is none.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value is not a number.</exception>
    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>A number that must be there.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a number.</exception>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <summary>A number that must be there, as a secret.</summary>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it is not a number.</exception>
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>An object, or the default of its type when there is none.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value cannot be read as the type.</exception>
    [return: MaybeNull]
    public T GetObject<T>(string key) => Get(key) is { } value ? Read<T>(key, value, options: null) : default!;

    /// <summary>An object as a secret, or null when there is none.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">The value cannot be read as the type.</exception>
    public Output<T>? GetSecretObject<T>(string key) => Get(key) is { } value ? Output.CreateSecret(Read<T>(key, value, options: null)) : null;

    /// <summary>An object that must be there.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it cannot be read as the type.</exception>
    public T RequireObject<T>(string key) => Read<T>(key, Require(key), options: null);

    /// <summary>An object that must be there, as a secret.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <exception cref="RunException">There is no value, or it cannot be read as the type.</exception>
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    /// <summary>An object, or the default of its type when there is none.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="RunException">The value cannot be read as the type.</exception>
    [return: MaybeNull]
    public T GetObject<T>(string key, JsonSerializerOptions options) => Get(key) is { } value ? Read<T>(key, value, options) : default!;

    /// <summary>An object as a secret, or null when there is none.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="RunException">The value cannot be read as the type.</exception>
    public Output<T>? GetSecretObject<T>(string key, JsonSerializerOptions options) => Get(key) is { } value ? Output.CreateSecret(Read<T>(key, value, options)) : null;

    /// <summary>An object that must be there.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="RunException">There is no value, or it cannot be read as the type.</exception>
    public T RequireObject<T>(string key, JsonSerializerOptions options) => Read<T>(key, Require(key), options);

    /// <summary>An object that must be there, as a secret.</summary>
    /// <typeparam name="T">The type to read the JSON text as; names are case-sensitive by default.</typeparam>
    /// <param name="key">The key, without the namespace.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="RunException">There is no value, or it cannot be read as the type.</exception>
    public Output<T> RequireSecretObject<T>(string key, JsonSerializerOptions options) => Output.CreateSecret(RequireObject<T>(key, options));

    private static bool? ParseBoolean(string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static int? ParseInt32(string value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var result) ? result : null;

    private static double? ParseDouble(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var result) ? result : null;

    private T? Parse<T>(string key, Func<string, T?> parse)
        where T : struct =>
        Get(key) is { } value ? parse(value) ?? throw Invalid(key, value, typeof(T).Name, cause: null) : null;

    private T Read<T>(string key, string value, JsonSerializerOptions? options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(value, options)!;
        }
        catch (JsonException exception)
        {
            throw Invalid(key, value, typeof(T).FullName!, exception);
        }
    }

    // A secret's value stays out of messages.
    private RunException Invalid(string key, string value, string type, Exception? cause) => new(
        $"Configuration '{FullKey(key)}' value '{(Deployment.Internal.Host.ConfigSecretKeys.Contains(FullKey(key)) ? "[secret]" : value)}' is not a valid {type}",
        cause);

    private RunException Missing(string key) => new(
        $"Missing Required configuration variable '{FullKey(key)}'\n\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");

    private string FullKey(string key) => $"{_name}:{key}";
}
