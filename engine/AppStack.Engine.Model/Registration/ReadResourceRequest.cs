using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>A resource that exists already and is only read.</summary>
public sealed record ReadResourceRequest
{
    /// <summary>The type token.</summary>
    public required string Type { get; init; }

    /// <summary>The resource's name in this program.</summary>
    public required string Name { get; init; }

    /// <summary>The id to read.</summary>
    public required string Id { get; init; }

    /// <summary>The parent's URN.</summary>
    public string? Parent { get; init; }

    /// <summary>What is known of its state, as a help for the provider.</summary>
    public PropertyMap Properties { get; init; } = PropertyMap.Empty;

    /// <summary>All URNs depended upon.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The provider's reference; <see langword="null"/> for the default one.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider package's version.</summary>
    public string? Version { get; init; }

    /// <summary>Output names to treat as secret.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Where in the program the resource was declared.</summary>
    public string? SourcePosition { get; init; }
}
