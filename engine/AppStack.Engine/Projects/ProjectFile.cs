using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Projects;

/// <summary>Reads <c>Pulumi.yaml</c>.</summary>
internal static class ProjectFile
{
    public const string FileName = "Pulumi.yaml";

    public static ProjectSettings Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new StackException($"There is no {FileName} in {directory}. Run this in a project's folder.");
        }

        var root = YamlFile.Read(File.ReadAllText(path), path);
        var name = YamlFile.Text(root, "name");
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new StackException($"{path} has no `name`.");
        }

        return new ProjectSettings
        {
            Directory = directory,
            Name = name,
            Main = YamlFile.Text(root, "main"),
            Description = YamlFile.Text(root, "description"),
            StackConfigDir = YamlFile.Text(root, "stackConfigDir"),
            BackendUrl = YamlFile.Find(root, "backend") is YamlMappingNode backend ? YamlFile.Text(backend, "url") : null,
            Defaults = YamlFile.Find(root, "config") is YamlMappingNode config ? Defaults(config, name, path) : ProjectDefaults,
        };
    }

    private static ImmutableSortedDictionary<string, ConfigNode> ProjectDefaults => ImmutableSortedDictionary.Create<string, ConfigNode>(StringComparer.Ordinal);

    // `key: value`, `key: {value: ...}` or `key: {default: ..., type: ...}`; a declaration alone gives no value.
    private static ImmutableSortedDictionary<string, ConfigNode> Defaults(YamlMappingNode config, string project, string path)
    {
        var defaults = ProjectDefaults.ToBuilder();
        foreach (var (key, value) in config.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var full = name.Contains(':', StringComparison.Ordinal) ? name : $"{project}:{name}";
            var given = value is YamlMappingNode declaration ? YamlFile.Find(declaration, "value") ?? YamlFile.Find(declaration, "default") : value;
            if (given is not null)
            {
                defaults[full] = YamlFile.ToConfig(given, path);
            }
        }

        return defaults.ToImmutable();
    }
}
