using System.Collections.Immutable;
using AppStack.Engine.Journal;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;
using BenchmarkDotNet.Attributes;

namespace AppStack.Benchmarks;

/// <summary>State: reading, writing, and the fold of a journal over it.</summary>
[MemoryDiagnoser]
public class StateBenchmarks
{
    private Snapshot _snapshot = Snapshot.Empty;
    private byte[] _checkpoint = [];
    private byte[] _journal = [];
    private ImmutableArray<JournalEntry> _entries = [];

    [Params(1_000, 10_000)]
    public int Resources { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _snapshot = SampleState.Of(Resources);
        _checkpoint = CheckpointFormat.WriteCheckpoint("organization/proj/dev", _snapshot, SealedCodec.Instance).ToArray();
        _entries = SampleState.Updates(_snapshot);
        var format = new JournalFormat(SealedCodec.Instance);
        using var journal = new MemoryStream();
        journal.Write(JournalFormat.Header(new JournalHeader(JournalHeader.CurrentFormat, "hash", "update", "2026-01-01T00:00:00Z")).Span);
        foreach (var entry in _entries)
        {
            journal.Write(format.Line(entry).Span);
        }

        _journal = journal.ToArray();
    }

    [Benchmark]
    public object? ReadCheckpoint() => CheckpointFormat.Read(_checkpoint, "state", SealedCodec.Instance);

    [Benchmark]
    public int WriteCheckpoint() => CheckpointFormat.WriteCheckpoint("organization/proj/dev", _snapshot, SealedCodec.Instance).Length;

    [Benchmark]
    public object Fold() => SnapshotReducer.Fold(_snapshot, _entries);

    [Benchmark]
    public int WriteJournal()
    {
        var format = new JournalFormat(SealedCodec.Instance);
        var length = 0;
        foreach (var entry in _entries)
        {
            length += format.Line(entry).Length;
        }

        return length;
    }

    [Benchmark]
    public int ReadJournal() => new JournalFormat(SealedCodec.Instance).Read(_journal).Entries.Length;

    [Benchmark]
    public int VerifyIntegrity() => SnapshotIntegrity.Verify(_snapshot).Length;
}
