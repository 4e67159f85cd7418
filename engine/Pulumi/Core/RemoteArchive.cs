using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>An archive file to download.</summary>
public sealed class RemoteArchive : Archive
{
    private readonly string _uri;

    /// <summary>An archive file to download.</summary>
    /// <param name="uri">Its address.</param>
    public RemoteArchive(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        _uri = uri;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Archive(Hash: "", Uri: _uri);
}
