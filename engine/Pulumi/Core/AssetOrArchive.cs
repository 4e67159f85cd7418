using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>A file or a tree of files that a resource takes.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive()
    {
    }

    /// <summary>How it is sent to the engine; its hash is computed there.</summary>
    internal abstract PropertyValue ToPropertyValue();

    internal static AssetOrArchive Of(PropertyValue value) => value switch
    {
        PropertyValue.Asset { Path: { } path } => new FileAsset(path),
        PropertyValue.Asset { Uri: { } uri } => new RemoteAsset(uri),
        PropertyValue.Asset asset => new StringAsset(asset.Content ?? ""),
        PropertyValue.Archive { Path: { } path } => new FileArchive(path),
        PropertyValue.Archive { Uri: { } uri } => new RemoteArchive(uri),
        PropertyValue.Archive archive => new AssetArchive((archive.Assets ?? PropertyMap.Empty).ToDictionary(
            static member => member.Key,
            static member => Of(member.Value),
            StringComparer.Ordinal)),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is neither an asset nor an archive."),
    };
}
