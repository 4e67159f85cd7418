using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A file to download.</summary>
public sealed class RemoteAsset : Asset
{
    private readonly string _uri;

    /// <summary>A file to download.</summary>
    /// <param name="uri">Its address.</param>
    public RemoteAsset(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        _uri = uri;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Asset(Hash: "", Uri: _uri);
}
