using System.IO.Compression;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.State;
using ZstdSharp;

namespace AppStack.Engine.Backend;

/// <summary>How a checkpoint is compressed on disk, with the names of files and of environment variables that the genuine CLI has.</summary>
internal sealed class StateCompression
{
    private static readonly byte[] GzipMagic = [0x1f, 0x8b];
    private static readonly byte[] ZstdMagic = [0x28, 0xb5, 0x2f, 0xfd];

    private StateCompression(string ending) => Ending = ending;

    /// <summary>Plain JSON, the default.</summary>
    public static StateCompression None { get; } = new("");

    /// <summary>gzip.</summary>
    public static StateCompression Gzip { get; } = new(".gz");

    /// <summary>Zstandard.</summary>
    public static StateCompression Zstd { get; } = new(".zst");

    /// <summary>All of them, in the order in which their files are looked for.</summary>
    public static IReadOnlyList<StateCompression> All { get; } = [None, Gzip, Zstd];

    /// <summary>What follows <c>.json</c> in the name of the file.</summary>
    public string Ending { get; }

    /// <summary>The compression that the environment asks for when a state is written.</summary>
    public static StateCompression Of(Func<string, string?> environment)
    {
        bool IsSet(string name) => environment(name) is "1" or "true";
        return (IsSet("PULUMI_DIY_BACKEND_GZIP"), IsSet("PULUMI_DIY_BACKEND_ZSTD")) switch
        {
            (true, true) => throw new StackException("PULUMI_DIY_BACKEND_GZIP and PULUMI_DIY_BACKEND_ZSTD are both set. Set the one that the state is to be compressed with."),
            (true, _) => Gzip,
            (_, true) => Zstd,
            _ => None,
        };
    }

    /// <summary>The content of a file, whatever it is compressed with.</summary>
    /// <exception cref="StateFormatException">The file is damaged.</exception>
    public static byte[] Decompress(byte[] bytes, string path)
    {
        try
        {
            return bytes.AsSpan().StartsWith(GzipMagic) ? Read(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
                : bytes.AsSpan().StartsWith(ZstdMagic) ? Read(new DecompressionStream(new MemoryStream(bytes)))
                : bytes;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ZstdException)
        {
            throw new StateFormatException($"{path} is damaged and cannot be decompressed: {exception.Message} Put a backup in its place.", exception);
        }
    }

    /// <summary>The bytes as they are written.</summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> bytes)
    {
        if (this == None)
        {
            return bytes;
        }

        using var target = new MemoryStream();
        using (Stream writer = this == Gzip ? new GZipStream(target, CompressionLevel.Fastest) : new CompressionStream(target))
        {
            writer.Write(bytes);
        }

        return target.ToArray();
    }

    private static byte[] Read(Stream source)
    {
        using (source)
        {
            using var target = new MemoryStream();
            source.CopyTo(target);
            return target.ToArray();
        }
    }
}
