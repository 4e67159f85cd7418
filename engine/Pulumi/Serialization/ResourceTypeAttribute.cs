using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Ties a resource class to its type token; provider SDKs derive their own attribute from it.</summary>
[AttributeUsage(AttributeTargets.Class)]
[SuppressMessage("Performance", "CA1813:Avoid unsealed attributes", Justification = "Provider SDKs derive from it.")]
public class ResourceTypeAttribute : Attribute
{
    /// <summary>Ties a class to a type token.</summary>
    /// <param name="type">The type token.</param>
    /// <param name="version">The provider package's version.</param>
    public ResourceTypeAttribute(string type, string? version)
    {
        Type = type;
        Version = version;
    }

    /// <summary>The type token.</summary>
    public string Type { get; }

    /// <summary>The provider package's version.</summary>
    public string? Version { get; }
}
