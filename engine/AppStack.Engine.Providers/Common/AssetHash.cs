using System.Security.Cryptography;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>
/// Computes the content hashes of assets and archives that do not have one yet, equal to Pulumi's: SHA-256 of a file's content, archive files
/// too, and for trees that of the tar file that Pulumi makes of them.
/// </summary>
internal static class AssetHash
{
    private static readonly string[] ArchiveFormats = [".tar", ".tgz", ".tar.gz", ".zip", ".jar"];

    /// <summary>The value with its hash. Paths are relative to <paramref name="directory"/>.</summary>
    /// <exception cref="ProviderException">The content cannot be read.</exception>
    public static async Task<PropertyValue> EnsureAsync(PropertyValue value, string directory, CancellationToken cancellationToken)
    {
        try
        {
            return value switch
            {
                PropertyValue.Secret secret => (await EnsureAsync(secret.Element, directory, cancellationToken)).AsSecret(),
                PropertyValue.Asset { Hash: "" } asset => asset with { Hash = await HashAsync(asset, directory, cancellationToken) },
                PropertyValue.Archive { Hash: "" } archive => await HashAsync(archive, directory, cancellationToken),
                _ => value,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new ProviderException($"The source cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<string> HashAsync(PropertyValue.Asset asset, string directory, CancellationToken cancellationToken)
    {
        await using var content = await AssetContent.OpenAsync(asset, directory, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static async Task<PropertyValue> HashAsync(PropertyValue.Archive archive, string directory, CancellationToken cancellationToken)
    {
        if (archive.Assets is not null)
        {
            List<KeyValuePair<string, PropertyValue>> members = [];
            foreach (var (path, member) in archive.Assets)
            {
                members.Add(new(path, await EnsureAsync(member, directory, cancellationToken)));
            }

            archive = archive with { Assets = PropertyMap.Of(members) };
        }
        else if (AssetContent.IsSingleFile(archive, directory))
        {
            if (!ArchiveFormats.Any(extension => FileName(archive).EndsWith(extension, StringComparison.Ordinal)))
            {
                throw new ProviderException(
                    $"'{archive.Path ?? archive.Uri}' is neither a directory nor an archive file ({string.Join(", ", ArchiveFormats)}). A single file is a FileAsset.");
            }

            await using var content = await AssetContent.OpenFileAsync(archive, directory, cancellationToken);
            return archive with { Hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) };
        }

        return archive with { Hash = await HashTreeAsync(archive, directory, cancellationToken) };
    }

    private static string FileName(PropertyValue.Archive archive) => archive.Path ?? new Uri(archive.Uri!).AbsolutePath;

    /// <summary>The hash of the tar file that Pulumi would make of the tree.</summary>
    private static async Task<string> HashTreeAsync(PropertyValue.Archive archive, string directory, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Write(ReadOnlyMemory<byte> bytes) => hash.AppendData(bytes.Span);
        foreach (var member in await ArchiveMembers.ListAsync(archive, directory, cancellationToken))
        {
            await using var content = await AssetContent.SeekableAsync(await member.Open(cancellationToken), cancellationToken);
            await CanonicalTar.AddFileAsync(Write, member.Path, content, cancellationToken);
        }

        CanonicalTar.End(Write);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
