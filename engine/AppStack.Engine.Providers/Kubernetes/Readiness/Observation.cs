using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>An object and what belongs to it, at one moment.</summary>
internal sealed record Observation
{
    /// <summary>The object itself.</summary>
    public required PropertyMap Object { get; init; }

    /// <summary>Its pods, those that are going left out.</summary>
    public ImmutableArray<PropertyMap> Pods { get; init; } = [];

    /// <summary>Warnings of its namespace.</summary>
    public ImmutableArray<PropertyMap> Events { get; init; } = [];

    /// <summary>Endpoints of its namespace.</summary>
    public ImmutableArray<PropertyMap> Endpoints { get; init; } = [];

    /// <summary>Storage classes.</summary>
    public ImmutableArray<PropertyMap> StorageClasses { get; init; } = [];
}
