using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A file whose content is given.</summary>
public sealed class StringAsset : Asset
{
    private readonly string _text;

    /// <summary>A file whose content is given.</summary>
    /// <param name="text">The content.</param>
    public StringAsset(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Asset(Hash: "", Content: _text);
}
