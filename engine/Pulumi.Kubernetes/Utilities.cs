namespace Pulumi.Kubernetes;

/// <summary>What all classes of the package share.</summary>
internal static class Utilities
{
    /// <summary>The version of the official package; it is part of the default provider's name in state.</summary>
    public const string Version = "4.23.0";

    /// <summary>An environment variable, or <see langword="null"/> when it is not set or empty.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>An environment variable that says yes or no.</summary>
    public static Input<bool>? Switch(string name) => Variable(name)?.ToUpperInvariant() switch
    {
        "1" or "T" or "TRUE" => true,
        "0" or "F" or "FALSE" => false,
        _ => null,
    };
}
