using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>Lists the files of archives, in Pulumi's order: members by name, directories as they are walked, archive files as they are written.</summary>
internal static class ArchiveMembers
{
    // Pulumi keeps a project's own state out of its archives.
    private const string StateFolder = ".pulumi";

    /// <summary>The files of an archive. Of several with one path the first counts. Paths are relative to <paramref name="directory"/>.</summary>
    public static async Task<IReadOnlyList<ArchiveMember>> ListAsync(PropertyValue.Archive archive, string directory, CancellationToken cancellationToken)
    {
        List<ArchiveMember> members = [];
        await CollectAsync(archive, directory, "", members, cancellationToken);
        return [.. members.DistinctBy(member => member.Path, StringComparer.Ordinal)];
    }

    private static async Task CollectAsync(PropertyValue value, string directory, string path, List<ArchiveMember> members, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                await CollectAsync(secret.Element, directory, path, members, cancellationToken);
                break;
            case PropertyValue.Asset asset:
                members.Add(new(path, token => AssetContent.OpenAsync(asset, directory, token)));
                break;
            case PropertyValue.Archive { Path: null, Uri: null } archive:
                foreach (var (name, member) in (archive.Assets ?? PropertyMap.Empty).OrderBy(member => member.Key, Utf8Order.Instance))
                {
                    await CollectAsync(member, directory, Below(path, name, isAsset: member.WithoutSecrets() is PropertyValue.Asset), members, cancellationToken);
                }

                break;
            case PropertyValue.Archive { Path: { } root } when Directory.Exists(Path.GetFullPath(root, directory)):
                Walk(new DirectoryInfo(Path.GetFullPath(root, directory)), path, members);
                break;
            case PropertyValue.Archive archive:
                await UnpackAsync(archive, directory, path, members, cancellationToken);
                break;
            default:
                throw new ProviderException($"The archive member '{path}' is neither an asset nor an archive.");
        }
    }

    private static void Walk(DirectoryInfo folder, string path, List<ArchiveMember> members)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name != StateFolder).OrderBy(entry => entry.Name, Utf8Order.Instance))
        {
            if (entry is FileInfo)
            {
                members.Add(new(Below(path, entry.Name), _ => Task.FromResult<Stream>(File.OpenRead(entry.FullName))));
            }
            else if (entry.LinkTarget is null)
            {
                Walk((DirectoryInfo)entry, Below(path, entry.Name), members);
            }
        }
    }

    private static async Task UnpackAsync(
        PropertyValue.Archive archive, string directory, string path, List<ArchiveMember> members, CancellationToken cancellationToken)
    {
        var name = archive.Path ?? archive.Uri!;
        await using var file = await AssetContent.OpenFileAsync(archive, directory, cancellationToken);
        try
        {
            if (name.EndsWith(".tar", StringComparison.Ordinal))
            {
                await UntarAsync(file, path, members, cancellationToken);
            }
            else if (name.EndsWith(".tgz", StringComparison.Ordinal) || name.EndsWith(".tar.gz", StringComparison.Ordinal))
            {
                await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
                await UntarAsync(unzipped, path, members, cancellationToken);
            }
            else
            {
                await UnzipAsync(file, path, members, cancellationToken);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new ProviderException($"The archive '{name}' cannot be unpacked: {exception.Message}", exception);
        }
    }

    private static async Task UntarAsync(Stream file, string path, List<ArchiveMember> members, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync(copyData: true, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                throw new ProviderException($"'{entry.Name}' in an archive is a link or a device; only files can be unpacked.");
            }

            var content = await BytesAsync(entry.DataStream ?? Stream.Null, cancellationToken);
            members.Add(new(Below(path, entry.Name), _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false))));
        }
    }

    private static async Task UnzipAsync(Stream file, string path, List<ArchiveMember> members, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            await using var source = await entry.OpenAsync(cancellationToken);
            var content = await BytesAsync(source, cancellationToken);
            members.Add(new(Below(path, entry.FullName), _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false))));
        }
    }

    private static async Task<byte[]> BytesAsync(Stream source, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await source.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }

    /// <summary>Joins as Go's <c>filepath.Join</c> does, except that the name of an asset in the outermost archive stays as it was given.</summary>
    private static string Below(string path, string name, bool isAsset = false)
    {
        if (isAsset && path.Length == 0)
        {
            return name;
        }

        List<string> parts = [];
        foreach (var part in $"{path}/{name}".Split('/').Where(part => part is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The order of the bytes of UTF-8, which is Go's order of strings.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
