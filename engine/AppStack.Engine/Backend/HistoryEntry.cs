using System.Collections.Immutable;

namespace AppStack.Engine.Backend;

/// <summary>One operation in a stack's history.</summary>
public sealed record HistoryEntry
{
    /// <summary>What was done: <c>update</c>, <c>refresh</c>, <c>destroy</c>, <c>import</c>, <c>rename</c> or <c>resource-import</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>The note that was given with it.</summary>
    public string Message { get; init; } = "";

    /// <summary>How it ended: <c>succeeded</c>, <c>failed</c> or <c>in-progress</c>.</summary>
    public required string Result { get; init; }

    /// <summary>Facts about where it ran.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Number of resources by what was done to them, under Pulumi's names of steps.</summary>
    public ImmutableSortedDictionary<string, int> ResourceChanges { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The JSON text of the configuration in effect, secrets encrypted.</summary>
    public string Config { get; init; } = "{}";
}
