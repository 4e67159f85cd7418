using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>Collects the files that a command left, by patterns.</summary>
internal static class CollectedFiles
{
    /// <summary>The files as assets, by their path below the directory.</summary>
    public static async Task<PropertyMap> AssetsAsync(string directory, ImmutableArray<string> patterns, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, PropertyValue>> assets = [];
        foreach (var path in Find(directory, patterns))
        {
            var asset = new PropertyValue.Asset(Hash: "", Path: Path.Combine(directory, path));
            assets.Add(new(path, await AssetHash.EnsureAsync(asset, directory, cancellationToken)));
        }

        return PropertyMap.Of(assets);
    }

    /// <summary>The files as one archive.</summary>
    public static async Task<PropertyValue> ArchiveAsync(string directory, ImmutableArray<string> patterns, CancellationToken cancellationToken)
    {
        var assets = await AssetsAsync(directory, patterns, cancellationToken);
        return await AssetHash.EnsureAsync(new PropertyValue.Archive(Hash: "", Assets: assets), directory, cancellationToken);
    }

    /// <summary>Paths of files, relative to the directory and in order. Patterns are applied one after the other: a later one can take out what an earlier one found.</summary>
    public static IEnumerable<string> Find(string directory, ImmutableArray<string> patterns)
    {
        var rules = patterns.Select(PathPattern.Parse).ToList();
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path)).Order(StringComparer.Ordinal))
        {
            var isTaken = false;
            foreach (var rule in rules.Where(rule => rule.Matches(path)))
            {
                isTaken = !rule.Excludes;
            }

            if (isTaken)
            {
                yield return path;
            }
        }
    }
}
