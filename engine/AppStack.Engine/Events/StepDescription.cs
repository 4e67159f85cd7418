using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Events;

/// <summary>One step on one resource, as shown to people and written to JSON. Values hold secret markers; displays mask them.</summary>
public sealed record StepDescription
{
    /// <summary>What is done.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>The resource.</summary>
    public required string Urn { get; init; }

    /// <summary>Its type token.</summary>
    public required string Type { get; init; }

    /// <summary>The parent's URN.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether a provider manages it.</summary>
    public bool Custom { get; init; }

    /// <summary>Whether deleting is refused.</summary>
    public bool Protect { get; init; }

    /// <summary>The id before or after the step, whichever exists.</summary>
    public string? Id { get; init; }

    /// <summary>The reference of the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Inputs before; <see langword="null"/> when it did not exist.</summary>
    public PropertyMap? OldInputs { get; init; }

    /// <summary>Outputs before; <see langword="null"/> when it did not exist.</summary>
    public PropertyMap? OldOutputs { get; init; }

    /// <summary>Inputs after; <see langword="null"/> when it is deleted.</summary>
    public PropertyMap? NewInputs { get; init; }

    /// <summary>Outputs after; <see langword="null"/> when it is deleted or they are not known.</summary>
    public PropertyMap? NewOutputs { get; init; }

    /// <summary>Property paths that change, with what happens to each.</summary>
    public ImmutableSortedDictionary<string, PropertyDiffKind> DetailedDiff { get; init; } =
        ImmutableSortedDictionary.Create<string, PropertyDiffKind>(StringComparer.Ordinal);

    /// <summary>Property paths that make it a replacement.</summary>
    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    /// <summary>Property paths whose changes are not shown.</summary>
    public ImmutableArray<string> HideDiffs { get; init; } = [];
}
