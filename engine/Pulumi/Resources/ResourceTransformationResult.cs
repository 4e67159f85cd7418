using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>What a <see cref="ResourceTransformation"/> makes of a resource.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Pulumi's shape.")]
public readonly struct ResourceTransformationResult
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="args">The new arguments.</param>
    /// <param name="options">The new options; the parent may not change.</param>
    public ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The new arguments.</summary>
    public ResourceArgs Args { get; }

    /// <summary>The new options.</summary>
    public ResourceOptions Options { get; }
}
