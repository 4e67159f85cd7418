using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>What a <see cref="ResourceTransform"/> makes of a resource.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Pulumi's shape.")]
public readonly struct ResourceTransformResult
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="args">The new arguments.</param>
    /// <param name="options">The new options.</param>
    public ResourceTransformResult(ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The new arguments.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>The new options.</summary>
    public ResourceOptions Options { get; }
}
