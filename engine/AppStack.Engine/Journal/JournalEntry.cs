using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AppStack.Engine.State;

namespace AppStack.Engine.Journal;

/// <summary>
/// One line of the journal: all that changes together. Resources are named by numbers: those of the base state by their position in it,
/// new ones by the numbers after. Applied in the order of the members: the operation ends, then changes of resources, then a new
/// operation begins.
/// </summary>
internal sealed record JournalEntry
{
    /// <summary>The operation that this entry begins; on disk before its effect starts.</summary>
    public BeginMark? Begin { get; init; }

    /// <summary>The operation that this entry ends.</summary>
    public EndMark? End { get; init; }

    /// <summary>Resources that change and keep their place.</summary>
    public ImmutableArray<NumberedState> Set { get; init; } = [];

    /// <summary>Resources that are gone.</summary>
    public ImmutableArray<int> Drop { get; init; } = [];

    /// <summary>Resources of the base state that this run has seen and left as they are.</summary>
    public ImmutableArray<int> Keep { get; init; } = [];

    /// <summary>Resources made or changed by this run.</summary>
    public ImmutableArray<NumberedState> Put { get; init; } = [];

    /// <summary>URNs that have changed, old to new.</summary>
    public ImmutableArray<Renaming> Renamed { get; init; } = [];

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct NumberedState(int Number, ResourceState State);

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Renaming(string From, string To);

    internal sealed record BeginMark(int Operation, PendingOperationKind Kind, ResourceState Resource);

    /// <summary>The end of an operation.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Known">Whether its outcome is known; otherwise it stays pending.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct EndMark(int Operation, bool Known);
}
