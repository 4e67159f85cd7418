using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A tree put together of files and other trees.</summary>
public sealed class AssetArchive : Archive
{
    private readonly ImmutableDictionary<string, AssetOrArchive> _assets;

    /// <summary>A tree put together of files and other trees.</summary>
    /// <param name="assets">Its members by their path in the tree.</param>
    public AssetArchive(IDictionary<string, AssetOrArchive> assets)
    {
        ArgumentNullException.ThrowIfNull(assets);
        _assets = assets.ToImmutableDictionary();
    }

    internal override PropertyValue ToPropertyValue() => new PropertyValue.Archive(
        Hash: "",
        PropertyMap.Of(_assets.Select(static asset => KeyValuePair.Create(asset.Key, asset.Value.ToPropertyValue()))));
}
