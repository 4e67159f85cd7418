using System.Collections.Immutable;

namespace AppStack.Engine.Journal;

/// <summary>A journal that nobody reads after the run: previews use it.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];

    /// <inheritdoc/>
    public bool IsBroken => false;

    /// <inheritdoc/>
    public ImmutableArray<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public void Append(JournalEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }
    }

    public Task AppendDurablyAsync(JournalEntry entry)
    {
        Append(entry);
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
