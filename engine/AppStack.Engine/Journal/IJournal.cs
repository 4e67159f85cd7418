using System.Collections.Immutable;

namespace AppStack.Engine.Journal;

/// <summary>Where a run writes down what it does. All members are safe for concurrent use; entries keep the order of the calls.</summary>
internal interface IJournal : IAsyncDisposable
{
    /// <summary>Whether nothing can be written any more (disk full), so that nothing more may be begun.</summary>
    bool IsBroken { get; }

    /// <summary>All entries so far, in order.</summary>
    ImmutableArray<JournalEntry> Entries { get; }

    /// <summary>Writes an entry; it need not be on disk yet when the call returns.</summary>
    void Append(JournalEntry entry);

    /// <summary>Writes an entry and completes when it, and all before it, is on disk.</summary>
    Task AppendDurablyAsync(JournalEntry entry);

    /// <summary>Waits until everything is written.</summary>
    /// <exception cref="IOException">Something could not be.</exception>
    Task CompleteAsync();
}
