using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A local file.</summary>
public sealed class FileAsset : Asset
{
    private readonly string _path;

    /// <summary>A local file.</summary>
    /// <param name="path">The file's path.</param>
    public FileAsset(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Asset(Hash: "", Path: _path);
}
