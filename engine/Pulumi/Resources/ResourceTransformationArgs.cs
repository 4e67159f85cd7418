using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>What a <see cref="ResourceTransformation"/> looks at.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Pulumi's shape.")]
public readonly struct ResourceTransformationArgs
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="resource">The resource being made.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        Resource = resource;
        Args = args;
        Options = options;
    }

    /// <summary>The resource being made.</summary>
    public Resource Resource { get; }

    /// <summary>Its arguments.</summary>
    public ResourceArgs Args { get; }

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; }
}
