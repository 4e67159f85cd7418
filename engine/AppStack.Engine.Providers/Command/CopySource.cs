using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>Turns the <c>source</c> of a copy into what is sent.</summary>
internal static class CopySource
{
    public static async Task<SshUpload> ToUploadAsync(
        PropertyValue source, string remotePath, string directory, CancellationToken cancellationToken) => source switch
    {
        PropertyValue.Asset { Content: { } text } => SshUpload.Of(SshInput.Of(text), remotePath),
        PropertyValue.Asset { Path: { } path } => FromPath(path, remotePath, directory),
        PropertyValue.Asset { Uri: { } uri } => FromUri(uri, remotePath),
        PropertyValue.Archive { Path: { } path } => FromPath(path, remotePath, directory),
        PropertyValue.Archive { Uri: { } uri } => FromUri(uri, remotePath),
        PropertyValue.Archive archive => await FromMembersAsync(archive, remotePath, directory, cancellationToken),
        _ => throw new ProviderException("The source is neither an asset nor an archive."),
    };

    private static SshUpload FromPath(string path, string remotePath, string directory)
    {
        var full = Path.GetFullPath(path, directory);
        if (!Directory.Exists(full))
        {
            return File.Exists(full) ? SshUpload.File(full, remotePath) : throw new ProviderException($"There is no file or directory '{full}' to copy.");
        }

        // As with rsync: 'conf/' and 'conf/.' mean what is in the directory, 'conf' the directory itself.
        return path.EndsWith('/') || Path.GetFileName(path) == "."
            ? SshUpload.Directory(full, remotePath)
            : SshUpload.Directory(full, $"{remotePath.TrimEnd('/')}/{Path.GetFileName(full)}");
    }

    private static SshUpload FromUri(string uri, string remotePath)
    {
        var asset = new PropertyValue.Asset(Hash: "", Uri: uri);
        return SshUpload.Of(SshInput.Of(token => AssetContent.OpenAsync(asset, "/", token)), remotePath) with
        {
            NameInDirectory = Path.GetFileName(new Uri(uri).AbsolutePath) is { Length: > 0 } name ? name : null,
        };
    }

    private static async Task<SshUpload> FromMembersAsync(
        PropertyValue.Archive archive, string remotePath, string directory, CancellationToken cancellationToken)
    {
        var members = await ArchiveMembers.ListAsync(archive, directory, cancellationToken);
        return SshUpload.Tree(members.ToDictionary(member => member.Path, member => SshInput.Of(member.Open), StringComparer.Ordinal), remotePath);
    }
}
