using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>Opens the content of assets and archives.</summary>
internal static class AssetContent
{
    private static readonly HttpClient Http = new();

    /// <summary>Opens an asset. A path is relative to <paramref name="directory"/>.</summary>
    public static async Task<Stream> OpenAsync(PropertyValue.Asset asset, string directory, CancellationToken cancellationToken) => asset switch
    {
        { Content: { } content } => new MemoryStream(Encoding.UTF8.GetBytes(content)),
        { Path: { } path } => File.OpenRead(Path.GetFullPath(path, directory)),
        { Uri: { } uri } => await OpenUriAsync(uri, cancellationToken),
        _ => throw new ProviderException("The asset has neither a text nor a path nor a URI."),
    };

    /// <summary>Whether an archive is one file, which is copied as it is, and not a tree.</summary>
    public static bool IsSingleFile(PropertyValue.Archive archive, string directory) =>
        archive.Assets is null && (archive.Path is null || !Directory.Exists(Path.GetFullPath(archive.Path, directory)));

    /// <summary>Opens an archive that is one file.</summary>
    public static Task<Stream> OpenFileAsync(PropertyValue.Archive archive, string directory, CancellationToken cancellationToken) =>
        OpenAsync(new PropertyValue.Asset(Hash: "", Path: archive.Path, Uri: archive.Uri), directory, cancellationToken);

    /// <summary>The files of an archive that is a tree, by path; their own paths are absolute.</summary>
    public static IReadOnlyDictionary<string, PropertyValue.Asset> Files(PropertyValue.Archive archive, string directory)
    {
        var files = new Dictionary<string, PropertyValue.Asset>(StringComparer.Ordinal);
        Collect(archive, directory, "", files);
        return files;
    }

    private static void Collect(PropertyValue value, string directory, string path, Dictionary<string, PropertyValue.Asset> files)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                Collect(secret.Element, directory, path, files);
                break;
            case PropertyValue.Asset asset:
                files[path] = asset.Path is null ? asset : asset with { Path = Path.GetFullPath(asset.Path, directory) };
                break;
            case PropertyValue.Archive { Assets: { } members }:
                foreach (var (name, member) in members)
                {
                    Collect(member, directory, path.Length == 0 ? name : $"{path}/{name}", files);
                }

                break;
            case PropertyValue.Archive { Path: { } root } archive when !IsSingleFile(archive, directory):
                var full = Path.GetFullPath(root, directory);
                foreach (var file in Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories))
                {
                    var name = Path.GetRelativePath(full, file);
                    files[path.Length == 0 ? name : $"{path}/{name}"] = new PropertyValue.Asset(Hash: "", Path: file);
                }

                break;
            default:
                throw new ProviderException($"The archive member '{path}' is an archive file within an archive, which is not unpacked. Give its content as a directory.");
        }
    }

    private static async Task<Stream> OpenUriAsync(string uri, CancellationToken cancellationToken)
    {
        var parsed = new Uri(uri);
        if (parsed.IsFile)
        {
            return File.OpenRead(parsed.LocalPath);
        }

        return parsed.Scheme is "http" or "https"
            ? await Http.GetStreamAsync(parsed, cancellationToken)
            : throw new ProviderException($"The URI '{uri}' cannot be read; use http, https or file.");
    }
}
