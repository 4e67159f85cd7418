using AppStack.Engine.Journal;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests.Journal;

public sealed class JournalFormatTests
{
    private static ResourceState State(string name) => new() { Urn = $"urn:pulumi:s::p::a:b:C::{name}", Type = "a:b:C", Custom = true, Id = name };

    private static byte[] Written()
    {
        var format = new JournalFormat(SealedCodec.Instance);
        using var stream = new MemoryStream();
        stream.Write(JournalFormat.Header(new JournalHeader(1, "00ff", "update", "2026-01-01T00:00:00Z")).Span);
        foreach (var entry in Entries())
        {
            stream.Write(format.Line(entry).Span);
        }

        return stream.ToArray();
    }

    private static JournalEntry[] Entries() =>
    [
        new() { Keep = [0] },
        new() { Begin = new(1, PendingOperationKind.Creating, State("new")) },
        new() { End = new(1, Known: true), Put = [new(2, State("new"))], Set = [new(1, State("old") with { Delete = true })] },
        new() { Begin = new(2, PendingOperationKind.Deleting, State("old")) },
        new() { End = new(2, Known: false) },
    ];

    [Fact]
    public void Entries_are_read_back_and_fold_to_the_same_state()
    {
        var @base = Snapshot.Empty with { Resources = [State("kept"), State("old")] };
        var (header, entries, closed) = new JournalFormat(SealedCodec.Instance).Read(Written());

        Assert.Equal(new JournalHeader(1, "00ff", "update", "2026-01-01T00:00:00Z"), header);
        Assert.Null(closed);
        var fromDisk = SnapshotReducer.Fold(@base, entries);
        var fromMemory = SnapshotReducer.Fold(@base, Entries());
        Assert.Equal(["kept", "new", "old"], fromDisk.Resources.Select(state => state.Name));
        Assert.Equal(CheckpointFormat.WriteExport(fromMemory, SealedCodec.Instance), CheckpointFormat.WriteExport(fromDisk, SealedCodec.Instance));
        Assert.Equal(PendingOperationKind.Deleting, Assert.Single(fromDisk.PendingOperations).Kind);
    }

    [Fact]
    public void A_journal_torn_at_any_byte_is_read_as_far_as_it_is_whole()
    {
        var journal = Written();
        var @base = Snapshot.Empty with { Resources = [State("kept"), State("old")] };
        for (var length = 0; length <= journal.Length; length++)
        {
            var (header, entries, _) = new JournalFormat(SealedCodec.Instance).Read(journal.AsSpan(0, length));
            Assert.Equal(journal.AsSpan(0, length).Count((byte)'\n'), entries.Length + (header is null ? 0 : 1));
            Assert.Empty(SnapshotIntegrity.Verify(SnapshotReducer.Fold(@base, entries)));
        }
    }

    [Fact]
    public void A_closing_line_names_the_state_that_replaces_the_journal()
    {
        byte[] closed = [.. Written(), .. JournalFormat.Closing("abcd").Span];

        Assert.Equal("abcd", new JournalFormat(SealedCodec.Instance).Read(closed).ClosedHash);
    }

    [Fact]
    public void A_closing_line_after_a_line_torn_at_any_byte_counts_and_adds_no_entry()
    {
        var journal = Written();
        var headerEnd = Array.IndexOf(journal, (byte)'\n') + 1;
        for (var length = headerEnd; length <= journal.Length; length++)
        {
            var whole = new JournalFormat(SealedCodec.Instance).Read(journal.AsSpan(0, length)).Entries.Length;
            byte[] closed = [.. journal.AsSpan(0, length), .. JournalFormat.Closing("abcd").Span];

            var read = new JournalFormat(SealedCodec.Instance).Read(closed);

            Assert.Equal("abcd", read.ClosedHash);
            Assert.InRange(read.Entries.Length, whole, whole + 1);    // one more when only its line break was missing
        }
    }

    [Fact]
    public void Zeros_that_a_power_cut_left_end_the_journal()
    {
        byte[] damaged = [.. Written(), .. new byte[512], (byte)'\n'];

        Assert.Equal(Entries().Length, new JournalFormat(SealedCodec.Instance).Read(damaged).Entries.Length);
    }
}
