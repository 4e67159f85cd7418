using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;

namespace AppStack.Engine.Planning;

/// <summary>What has to happen to a resource, and because of which properties.</summary>
internal sealed record Difference
{
    public static Difference None { get; } = new();

    public bool Changed { get; init; }

    public bool Replace { get; init; }

    public bool DeleteBeforeReplace { get; init; }

    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    public ImmutableSortedDictionary<string, PropertyDiffKind> Detailed { get; init; } = DiffResult.None.DetailedDiff;

    /// <summary>A replacement because of something that is not a property.</summary>
    public static Difference Replacement(string reason) => new() { Changed = true, Replace = true, ReplaceKeys = [reason] };
}
