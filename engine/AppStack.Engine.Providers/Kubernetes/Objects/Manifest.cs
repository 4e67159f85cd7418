using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>Reads and changes parts of an object of the API.</summary>
internal static class Manifest
{
    public const string Autonamed = "pulumi.com/autonamed";
    public const string SkipAwait = "pulumi.com/skipAwait";
    public const string WaitFor = "pulumi.com/waitFor";
    public const string TimeoutSeconds = "pulumi.com/timeoutSeconds";
    public const string PatchForce = "pulumi.com/patchForce";
    public const string PatchFieldManager = "pulumi.com/patchFieldManager";
    public const string DeletionPropagation = "pulumi.com/deletionPropagationPolicy";

    public static PropertyValue? At(this PropertyMap map, params ReadOnlySpan<string> path)
    {
        PropertyValue? value = null;
        PropertyMap? current = map;
        foreach (var name in path)
        {
            value = current?.Find(name);
            while (value is PropertyValue.Secret secret)
            {
                value = secret.Element;
            }

            current = (value as PropertyValue.Map)?.Members;
        }

        return value is PropertyValue.Null ? null : value;
    }

    public static string? TextAt(this PropertyMap map, params ReadOnlySpan<string> path) => (map.At(path) as PropertyValue.Text)?.Value;

    public static int NumberAt(this PropertyMap map, params ReadOnlySpan<string> path) => map.FindNumberAt(path) ?? 0;

    public static int? FindNumberAt(this PropertyMap map, params ReadOnlySpan<string> path) => map.At(path) is PropertyValue.Number number ? (int)number.Value : null;

    public static bool IsTrueAt(this PropertyMap map, params ReadOnlySpan<string> path) => map.At(path) is PropertyValue.Bool { Value: true };

    public static PropertyMap MapAt(this PropertyMap map, params ReadOnlySpan<string> path) => (map.At(path) as PropertyValue.Map)?.Members ?? PropertyMap.Empty;

    /// <summary>The objects in a list.</summary>
    public static ImmutableArray<PropertyMap> MapsAt(this PropertyMap map, params ReadOnlySpan<string> path) =>
        map.At(path) is PropertyValue.List list ? [.. list.Items.OfType<PropertyValue.Map>().Select(item => item.Members)] : [];

    public static string Name(this PropertyMap manifest) => manifest.TextAt("metadata", "name") ?? "";

    public static string Namespace(this PropertyMap manifest) => manifest.TextAt("metadata", "namespace") ?? "";

    public static string? Annotation(this PropertyMap manifest, string name) => manifest.TextAt("metadata", "annotations", name);

    public static bool IsAnnotated(this PropertyMap manifest, string name) => manifest.Annotation(name) == "true";

    /// <summary>A condition of the status.</summary>
    public static PropertyMap? Condition(this PropertyMap manifest, string type) =>
        manifest.MapsAt("status", "conditions").FirstOrDefault(condition => condition.TextAt("type") == type);

    /// <summary>The id in state: <c>namespace/name</c>, or the name alone.</summary>
    public static string Id(this PropertyMap manifest) => manifest.Namespace() is { Length: > 0 } space ? $"{space}/{manifest.Name()}" : manifest.Name();

    /// <summary>Namespace and name of an id.</summary>
    public static (string Namespace, string Name) ParseId(string id) => id.Split('/', 2) is [var space, var name] ? (space, name) : ("", id);

    /// <summary>The object with one value set; objects on the way to it are made. Secrets stay secret.</summary>
    public static PropertyMap SetAt(this PropertyMap map, PropertyValue value, params ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            return map.With(path[0], value);
        }

        return map.Find(path[0]) switch
        {
            PropertyValue.Map inner => map.With(path[0], PropertyValue.Of(inner.Members.SetAt(value, path[1..]))),
            PropertyValue.Secret { Element: PropertyValue.Map inner } => map.With(path[0], PropertyValue.Of(inner.Members.SetAt(value, path[1..])).AsSecret()),
            _ => map.With(path[0], PropertyValue.Of(PropertyMap.Empty.SetAt(value, path[1..]))),
        };
    }

    /// <summary>The object without one value.</summary>
    public static PropertyMap RemoveAt(this PropertyMap map, params ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            return map.Without(path[0]);
        }

        return map.Find(path[0]) switch
        {
            PropertyValue.Map inner => map.With(path[0], PropertyValue.Of(inner.Members.RemoveAt(path[1..]))),
            PropertyValue.Secret { Element: PropertyValue.Map inner } => map.With(path[0], PropertyValue.Of(inner.Members.RemoveAt(path[1..])).AsSecret()),
            _ => map,
        };
    }
}
