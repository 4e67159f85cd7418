using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Journal;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Backend;

/// <summary>One stack's state on disk: the checkpoint, and the journal of a run that is under way or died.</summary>
internal sealed class StateStore(IStateFiles files, BackendLayout layout, string stack)
{
    /// <summary>The raw checkpoint file, uncompressed; <see langword="null"/> for a stack that does not exist.</summary>
    public byte[]? ReadCheckpointBytes()
    {
        foreach (var path in StateCompression.All.Select(compression => layout.Checkpoint(stack, compression)))
        {
            if (files.Read(path) is { } bytes)
            {
                return StateCompression.Decompress(bytes, path);
            }
        }

        return null;
    }

    public bool Exists => Current is not null;

    /// <summary>
    /// Reads the state, with what a journal that was left behind adds to it. Reading changes nothing on disk; <see cref="Recovered"/> says
    /// what a writer has to do about the journal.
    /// </summary>
    public Loaded? Load(ISecretCodec codec, byte[]? checkpoint = null)
    {
        // The journal first: when a run ends in between, its checkpoint is complete and the journal's closing line says so.
        var journal = files.Read(layout.Journal(stack));
        var bytes = checkpoint ?? ReadCheckpointBytes();
        if (bytes is null)
        {
            return null;
        }

        var hash = Hash(bytes);
        var snapshot = CheckpointFormat.Read(bytes, layout.Checkpoint(stack), codec);
        if (journal is null)
        {
            return new Loaded(snapshot, hash, Recovered.Nothing, [], "");
        }

        var (header, entries, closed) = new JournalFormat(codec).Read(journal);
        if (header is null || closed == hash)
        {
            return new Loaded(snapshot, hash, Recovered.Leftover, [], "");
        }

        if (header.BaseHash != hash)
        {
            return new Loaded(snapshot, hash, Recovered.Orphan, [], header.Started);
        }

        return new Loaded(SnapshotReducer.Fold(snapshot ?? Snapshot.Empty, entries), hash, Recovered.Folded, entries, header.Started);
    }

    /// <summary>Replaces the checkpoint, keeping the previous one as <c>.bak</c>, then removes the journal.</summary>
    public string Write(Snapshot? snapshot, ISecretCodec codec, StateCompression compression)
    {
        var bytes = CheckpointFormat.WriteCheckpoint(layout.FullName(stack), snapshot, codec);
        return WriteBytes(bytes.Span, compression);
    }

    public string WriteBytes(ReadOnlySpan<byte> bytes, StateCompression compression)
    {
        var hash = Hash(bytes);
        WriteMeta();
        var journal = layout.Journal(stack);
        if (files.Exists(journal))
        {
            // From here on the journal says of itself which checkpoint replaces it.
            files.Append(journal, JournalFormat.Closing(hash).Span);
        }

        var current = Current;
        if (current is not null)
        {
            files.Copy(layout.Checkpoint(stack, current), layout.CheckpointBackup(stack, current));
        }

        files.Replace(layout.Checkpoint(stack, compression), compression.Compress(bytes), durable: true);
        foreach (var other in StateCompression.All.Where(other => other != compression))
        {
            files.Delete(layout.Checkpoint(stack, other));
        }

        files.Delete(journal);
        return hash;
    }

    /// <summary>Puts a journal that belongs to another state out of the way, keeping it.</summary>
    public string SetJournalAside(TimeProvider time)
    {
        var aside = $"{layout.Journal(stack)}.{Timestamps.UnixNanoseconds(time.GetUtcNow())}.orphan";
        files.Move(layout.Journal(stack), aside);
        return aside;
    }

    public void DeleteJournal() => files.Delete(layout.Journal(stack));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private StateCompression? Current => layout.CompressionOf(stack, files);

    private void WriteMeta()
    {
        if (files.Exists(layout.Meta))
        {
            return;
        }

        if (files.Files(layout.LegacyStacks).Any(path => path.EndsWith(".json", StringComparison.Ordinal)))
        {
            throw new StackException(
                $"{layout.LegacyStacks} holds stacks of the old layout without projects. Run `pulumi state upgrade` on this backend first.");
        }

        files.Replace(layout.Meta, Encoding.UTF8.GetBytes("version: 1\n"), durable: false);
    }

    /// <summary>What reading found beside the checkpoint.</summary>
    internal enum Recovered
    {
        /// <summary>No journal.</summary>
        Nothing,

        /// <summary>The journal of a run that ended: only its removal was missed.</summary>
        Leftover,

        /// <summary>The journal of a run that died: it was folded into the state.</summary>
        Folded,

        /// <summary>The journal of a run that started from another state than the one that is here now.</summary>
        Orphan,
    }

    internal sealed record Loaded(Snapshot? Snapshot, string Hash, Recovered Recovered, ImmutableArray<JournalEntry> Entries, string Started);
}
