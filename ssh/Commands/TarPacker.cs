using System.Formats.Tar;
using System.IO.Enumeration;

namespace AppStack.Ssh.Commands;

/// <summary>Writes trees of files as tar entries, always in the same order.</summary>
internal static class TarPacker
{
    private const UnixFileMode UsualMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The content of a local directory.</summary>
    public static Func<TarWriter, CancellationToken, Task> Directory(string root) => async (writer, cancellationToken) =>
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var entries = new FileSystemEnumerable<FileSystemInfo>(root, static (ref entry) => entry.ToFileSystemInfo(), options)
        {
            // A link to a directory is sent as a link; what it leads to is not a part of the tree, and may be the tree itself.
            ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }.OrderBy(entry => entry.FullName, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            await WriteAsync(writer, entry, Path.GetRelativePath(root, entry.FullName), cancellationToken);
        }
    };

    /// <summary>Files by path.</summary>
    public static Func<TarWriter, CancellationToken, Task> Files(IReadOnlyDictionary<string, SshInput> files) => async (writer, cancellationToken) =>
    {
        foreach (var (path, input) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            await using var content = await input.OpenAsync(cancellationToken);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = UsualMode, DataStream = content }, cancellationToken);
        }
    };

    private static async Task WriteAsync(TarWriter writer, FileSystemInfo entry, string name, CancellationToken cancellationToken)
    {
        var isDirectory = entry.Attributes.HasFlag(FileAttributes.Directory);
        if (isDirectory && entry.LinkTarget is not null)
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = entry.LinkTarget }, cancellationToken);
            return;
        }

        if (isDirectory)
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = entry.UnixFileMode }, cancellationToken);
            return;
        }

        // A link to a file is sent as the file.
        await using var content = File.OpenRead(entry.FullName);
        var file = new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = File.GetUnixFileMode(content.SafeFileHandle), DataStream = content };
        await writer.WriteEntryAsync(file, cancellationToken);
    }
}
