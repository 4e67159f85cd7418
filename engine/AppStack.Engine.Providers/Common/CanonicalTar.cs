using System.Globalization;
using System.Text;

namespace AppStack.Engine.Providers.Common;

/// <summary>
/// Writes the tar file whose hash is the hash of a tree in Pulumi's state: the bytes that Go's <c>archive/tar</c> writes for files with the mode
/// 0600 and nothing else. <c>System.Formats.Tar</c> fills other fields, so that its bytes differ.
/// </summary>
internal static class CanonicalTar
{
    private const int BlockSize = 512;
    private const int NameSize = 100;
    private const int PrefixSize = 155;
    private const int Mode = 0x180;

    // Eleven octal digits.
    private const long LargestSize = 0x1FFFFFFFF;

    /// <summary>Adds one file, header and content.</summary>
    public static async Task AddFileAsync(Action<ReadOnlyMemory<byte>> write, string name, Stream content, CancellationToken cancellationToken)
    {
        WriteHeaders(write, name, content.Length);
        var buffer = new byte[128 * 1024];
        var total = 0L;
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            write(buffer.AsMemory(0, count));
            total += count;
        }

        if (total != content.Length)
        {
            throw new IOException($"'{name}' changed while it was read.");
        }

        write(Padding(total));
    }

    /// <summary>The end of the file.</summary>
    public static void End(Action<ReadOnlyMemory<byte>> write) => write(new byte[2 * BlockSize]);

    private static void WriteHeaders(Action<ReadOnlyMemory<byte>> write, string name, long size)
    {
        var (prefix, suffix) = Split(name);
        if (size <= LargestSize && (prefix is not null || (Ascii.IsValid(name) && name.Length <= NameSize)))
        {
            write(Header(prefix is null ? name : suffix, size, '0', prefix ?? "", Mode));
            return;
        }

        var records = "";
        if (!Ascii.IsValid(name) || name.Length > NameSize)
        {
            records += Record("path", name);
        }

        if (size > LargestSize)
        {
            records += Record("size", size.ToString(CultureInfo.InvariantCulture));
        }

        var extended = Encoding.UTF8.GetBytes(records);
        write(Header(ExtendedName(name), extended.Length, 'x', "", mode: 0));
        write(extended);
        write(Padding(extended.Length));
        write(Header(OnlyAscii(name), size <= LargestSize ? size : 0, '0', "", Mode));
    }

    private static byte[] Header(string name, long size, char type, string prefix, int mode)
    {
        var block = new byte[BlockSize];
        Text(block, 0, NameSize, name);
        Octal(block, 100, 8, mode);
        Octal(block, 108, 8, 0);
        Octal(block, 116, 8, 0);
        Octal(block, 124, 12, size);
        Octal(block, 136, 12, 0);
        block[156] = (byte)type;
        Text(block, 257, 8, "ustar\000" + "00");
        if (type != 'x')
        {
            // Go leaves the device numbers of its own extended headers empty.
            Octal(block, 329, 8, 0);
            Octal(block, 337, 8, 0);
        }

        Text(block, 345, PrefixSize, prefix);
        block.AsSpan(148, 8).Fill((byte)' ');
        Octal(block, 148, 7, block.Sum(value => (long)value));
        return block;
    }

    /// <summary>A long path as prefix and name, where there is a slash in the right place.</summary>
    private static (string? Prefix, string Suffix) Split(string name)
    {
        if (name.Length <= NameSize || !Ascii.IsValid(name))
        {
            return (null, name);
        }

        var length = name.Length > PrefixSize + 1 ? PrefixSize + 1 : name.EndsWith('/') ? name.Length - 1 : name.Length;
        var slash = name.LastIndexOf('/', length - 1);
        var suffix = name.Length - slash - 1;
        return slash <= 0 || suffix is 0 or > NameSize || slash > PrefixSize ? (null, name) : (name[..slash], name[(slash + 1)..]);
    }

    private static string ExtendedName(string name)
    {
        var slash = name.LastIndexOf('/');
        var extended = OnlyAscii(slash < 0 ? $"PaxHeaders.0/{name}" : $"{name[..slash]}/PaxHeaders.0/{name[(slash + 1)..]}");
        return (extended.Length > NameSize ? extended[..NameSize] : extended).TrimEnd('/');
    }

    private static string OnlyAscii(string text) => string.Concat(text.Where(char.IsAscii));

    /// <summary>A record <c>length key=value</c>, whose length counts its own digits.</summary>
    private static string Record(string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var size = rest + rest.ToString(CultureInfo.InvariantCulture).Length;
        var length = rest + size.ToString(CultureInfo.InvariantCulture).Length;
        return string.Create(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private static void Text(byte[] block, int offset, int size, string text)
    {
        // A text that is cut does not end with a slash, because some readers would take the file for a directory.
        var part = text.Length > size ? text[..size].TrimEnd('/') : text;
        Encoding.ASCII.GetBytes(part, block.AsSpan(offset, size));
    }

    private static void Octal(byte[] block, int offset, int size, long value)
    {
        Text(block, offset, size, Convert.ToString(value, 8).PadLeft(size - 1, '0'));
        block[offset + size - 1] = 0;
    }

    private static byte[] Padding(long size) => new byte[(BlockSize - (size % BlockSize)) % BlockSize];
}
