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
        (archive.Path ?? archive.Uri) is not null && (archive.Path is null || !Directory.Exists(Path.GetFullPath(archive.Path, directory)));

    /// <summary>Opens an archive that is one file.</summary>
    public static Task<Stream> OpenFileAsync(PropertyValue.Archive archive, string directory, CancellationToken cancellationToken) =>
        OpenAsync(new PropertyValue.Asset(Hash: "", Path: archive.Path, Uri: archive.Uri), directory, cancellationToken);

    /// <summary>The content with a known length.</summary>
    public static async Task<Stream> SeekableAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
        {
            return content;
        }

        await using (content)
        {
            var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
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
