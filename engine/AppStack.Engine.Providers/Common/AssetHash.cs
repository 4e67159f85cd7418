using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>Computes the content hashes of assets and archives that do not have one yet.</summary>
internal static class AssetHash
{
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
            await using var content = await AssetContent.OpenFileAsync(archive, directory, cancellationToken);
            return archive with { Hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) };
        }

        return archive with { Hash = await HashTreeAsync(AssetContent.Files(archive, directory), cancellationToken) };
    }

    /// <summary>The hash of the paths and contents of a tree, in order.</summary>
    private static async Task<string> HashTreeAsync(IReadOnlyDictionary<string, PropertyValue.Asset> files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, asset) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            await using var content = await AssetContent.OpenAsync(asset, "/", cancellationToken);
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0"));
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
