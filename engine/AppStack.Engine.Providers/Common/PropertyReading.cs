using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>Reads inputs that were checked, as plain values. Secrets are read like anything else; whoever reads them keeps them to itself.</summary>
internal static class PropertyReading
{
    public static string? Text(this PropertyMap map, string name) => (map.Find(name)?.WithoutSecrets() as PropertyValue.Text)?.Value;

    public static bool? Bool(this PropertyMap map, string name) => (map.Find(name)?.WithoutSecrets() as PropertyValue.Bool)?.Value;

    public static double? Number(this PropertyMap map, string name) => (map.Find(name)?.WithoutSecrets() as PropertyValue.Number)?.Value;

    public static int? Integer(this PropertyMap map, string name) => map.Number(name) is { } number ? (int)number : null;

    public static PropertyMap? Object(this PropertyMap map, string name) => (map.Find(name)?.WithoutSecrets() as PropertyValue.Map)?.Members;

    public static ImmutableArray<string>? TextList(this PropertyMap map, string name) =>
        map.Find(name)?.WithoutSecrets() is PropertyValue.List list ? [.. list.Items.OfType<PropertyValue.Text>().Select(item => item.Value)] : null;

    public static ImmutableSortedDictionary<string, string> TextMap(this PropertyMap map, string name) =>
        (map.Object(name) ?? PropertyMap.Empty)
            .Where(member => member.Value is PropertyValue.Text)
            .ToImmutableSortedDictionary(member => member.Key, member => ((PropertyValue.Text)member.Value).Value, StringComparer.Ordinal);
}
