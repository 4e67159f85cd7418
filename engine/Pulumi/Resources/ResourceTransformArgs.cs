using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>What a <see cref="ResourceTransform"/> looks at.</summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "Pulumi's shape.")]
public readonly struct ResourceTransformArgs
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="type">Its type token.</param>
    /// <param name="custom">Whether a provider manages it.</param>
    /// <param name="args">Its arguments; secret or unknown ones are outputs.</param>
    /// <param name="options">Its options.</param>
    public ResourceTransformArgs(string name, string type, bool custom, ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Name = name;
        Type = type;
        Custom = custom;
        Args = args;
        Options = options;
    }

    /// <summary>The resource's name.</summary>
    public string Name { get; }

    /// <summary>Its type token.</summary>
    public string Type { get; }

    /// <summary>Whether a provider manages it.</summary>
    public bool Custom { get; }

    /// <summary>Its arguments; secret or unknown ones are outputs.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; }
}
