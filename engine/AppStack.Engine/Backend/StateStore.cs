using System.Collections.Immutable;
using System.IO.Compression;
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
        var bytes = files.Read(layout.Checkpoint(stack)) ?? files.Read(layout.CompressedCheckpoint(stack));
        return bytes is null ? null : Decompress(bytes);
    }

    public bool Exists => files.Exists(layout.Checkpoint(stack)) || files.Exists(layout.CompressedCheckpoint(stack));

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
    public string Write(Snapshot? snapshot, ISecretCodec codec, bool compress)
    {
        var bytes = CheckpointFormat.WriteCheckpoint(layout.FullName(stack), snapshot, codec);
        return WriteBytes(bytes.Span, compress);
    }

    public string WriteBytes(ReadOnlySpan<byte> bytes, bool compress)
    {
        var hash = Hash(bytes);
        WriteMeta();
        var journal = layout.Journal(stack);
        if (files.Exists(journal))
        {
            // From here on the journal says of itself which checkpoint replaces it.
            files.Append(journal, JournalFormat.Closing(hash).Span);
        }

        var plain = layout.Checkpoint(stack);
        var compressed = layout.CompressedCheckpoint(stack);
        var current = files.Exists(plain) ? plain : files.Exists(compressed) ? compressed : null;
        if (current == plain)
        {
            files.Copy(plain, layout.CheckpointBackup(stack));
        }

        files.Replace(compress ? compressed : plain, compress ? Compress(bytes) : bytes, durable: true);
        if (current is not null && current != (compress ? compressed : plain))
        {
            files.Delete(current);
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

    private static byte[] Decompress(byte[] bytes)
    {
        if (bytes is [0x1f, 0x8b, ..])
        {
            using var source = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var target = new MemoryStream();
            source.CopyTo(target);
            return target.ToArray();
        }

        return bytes is [0x28, 0xb5, 0x2f, 0xfd, ..]
            ? throw new StateFormatException("The state is compressed with zstd, which this engine does not read. Export it with the pulumi CLI and import it here.")
            : bytes;
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return target.ToArray();
    }

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
