using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Options of a call of a resource's method.</summary>
public class CallOptions
{
    /// <summary>A resource whose provider is used when none is given.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>The version of the provider package.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider's plugin comes from; not used.</summary>
    [SuppressMessage("Design", "CA1056:URI-like properties should not be strings", Justification = "Pulumi's shape.")]
    public string? PluginDownloadURL { get; set; }
}
