using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A local directory or archive file.</summary>
public sealed class FileArchive : Archive
{
    private readonly string _path;

    /// <summary>A local directory or archive file.</summary>
    /// <param name="path">Its path.</param>
    public FileArchive(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Archive(Hash: "", Path: _path);
}
