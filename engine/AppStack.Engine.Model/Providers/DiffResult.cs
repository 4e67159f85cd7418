using System.Collections.Immutable;

namespace AppStack.Engine.Model.Providers;

/// <summary>The difference between what exists and what is wanted.</summary>
public sealed record DiffResult
{
    /// <summary>Nothing to do.</summary>
    public static DiffResult None { get; } = new() { Changes = DiffChanges.None };

    /// <summary>The provider leaves it to the engine to compare inputs.</summary>
    public static DiffResult Undecided { get; } = new() { Changes = DiffChanges.Undecided };

    /// <summary>Whether anything changes.</summary>
    public required DiffChanges Changes { get; init; }

    /// <summary>Property paths whose changes need a replacement.</summary>
    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    /// <summary>Top-level properties that change.</summary>
    public ImmutableArray<string> ChangedKeys { get; init; } = [];

    /// <summary>Property paths with what happens to each; empty when the engine should derive it from the inputs.</summary>
    public ImmutableSortedDictionary<string, PropertyDiffKind> DetailedDiff { get; init; } =
        ImmutableSortedDictionary.Create<string, PropertyDiffKind>(StringComparer.Ordinal);

    /// <summary>What people should hear of the answer: why something must be replaced, in the words of whoever refused the update.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether a replacement has to delete the old resource first.</summary>
    public bool DeleteBeforeReplace { get; init; }
}
