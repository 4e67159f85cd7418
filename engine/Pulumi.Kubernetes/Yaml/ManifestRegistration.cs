using System.Collections.Immutable;

namespace Pulumi.Kubernetes.Yaml;

/// <summary>Makes resources of manifests, in the order in which they need each other.</summary>
internal static class ManifestRegistration
{
    private const string SkipAwait = "pulumi.com/skipAwait";

    /// <summary>Registers each object as a child of a component; namespaces and definitions come first, and what needs them depends on them.</summary>
    /// <param name="component">The component.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="prefix">What the resources' names begin with.</param>
    /// <param name="skipAwait">Whether they are not waited for.</param>
    /// <returns>The resources.</returns>
    public static ImmutableArray<object> Register(ComponentResource component, IEnumerable<ImmutableDictionary<string, object?>> objects, string prefix, bool skipAwait)
    {
        var namespaces = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var definitions = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var resources = ImmutableArray.CreateBuilder<object>();
        foreach (var made in objects.OrderBy(Rank))
        {
            var metadata = Metadata(made);
            var space = metadata.GetValueOrDefault("namespace") as string;
            var name = (string)metadata["name"]!;
            var (version, kind) = ((string)made["apiVersion"]!, (string)made["kind"]!);
            var options = new CustomResourceOptions { Parent = component };
            if (space is not null && namespaces.TryGetValue(space, out var home))
            {
                options.DependsOn.Add(home);
            }

            if (definitions.TryGetValue($"{Group(version)}/{kind}", out var definition))
            {
                options.DependsOn.Add(definition);
            }

            var resource = new ManifestObject(
                $"kubernetes:{(version.Contains('/') ? version : $"core/{version}")}:{kind}",
                $"{(prefix.Length > 0 ? prefix + ":" : "")}{(space is null ? "" : space + "/")}{name}",
                Guarded(skipAwait ? WithAnnotation(made, metadata) : made, version, kind),
                options);
            resources.Add(resource);
            if (kind == "Namespace" && version == "v1")
            {
                namespaces[name] = resource;
            }
            else if (Defined(made) is { } defined)
            {
                definitions[defined] = resource;
            }
        }

        return resources.ToImmutable();
    }

    private static int Rank(ImmutableDictionary<string, object?> made) => made["kind"] switch
    {
        "Namespace" => 0,
        "CustomResourceDefinition" => 1,
        _ => 2,
    };

    private static string Group(string version) => version.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? version[..end] : "";

    private static ImmutableDictionary<string, object?> Metadata(ImmutableDictionary<string, object?> made) => (ImmutableDictionary<string, object?>)made["metadata"]!;

    private static string? Defined(ImmutableDictionary<string, object?> made) =>
        made["kind"] is "CustomResourceDefinition"
        && made.GetValueOrDefault("spec") is ImmutableDictionary<string, object?> spec
        && spec.GetValueOrDefault("names") is ImmutableDictionary<string, object?> names
            ? $"{spec.GetValueOrDefault("group")}/{names.GetValueOrDefault("kind")}"
            : null;

    private static ImmutableDictionary<string, object?> WithAnnotation(ImmutableDictionary<string, object?> made, ImmutableDictionary<string, object?> metadata)
    {
        var annotations = metadata.GetValueOrDefault("annotations") as ImmutableDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty;
        return made.SetItem("metadata", metadata.SetItem("annotations", annotations.SetItem(SkipAwait, "true")));
    }

    // The data of a Secret is secret, wherever it was written.
    private static ImmutableDictionary<string, object?> Guarded(ImmutableDictionary<string, object?> made, string version, string kind) =>
        version == "v1" && kind == "Secret"
            ? made.ToImmutableDictionary(member => member.Key, member => member.Key is "data" or "stringData" && member.Value is not null ? Output.CreateSecret(member.Value) : member.Value)
            : made;
}
