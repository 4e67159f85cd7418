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
        var config = YamlFile.Find(root, "config") as YamlMappingNode ?? [];
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
            Defaults = Defaults(config, name, path),
            Declarations = Declarations(config, name, path),
            AlwaysRefreshes = YamlFile.Find(root, "options") is YamlMappingNode options && YamlFile.Text(options, "refresh") == "always",
        };
    }

    // `key: value`, `key: {value: ...}` or `key: {default: ..., type: ...}`; a declaration alone gives no value.
    private static ImmutableSortedDictionary<string, ConfigNode> Defaults(YamlMappingNode config, string project, string path)
    {
        var defaults = ImmutableSortedDictionary.CreateBuilder<string, ConfigNode>(StringComparer.Ordinal);
        foreach (var (key, value) in config.Children)
        {
            if (Given(value) is { } given)
            {
                defaults[Key(Name(key), project)] = YamlFile.ToConfig(given, path);
            }
        }

        return defaults.ToImmutable();
    }

    private static ImmutableArray<ConfigDeclaration> Declarations(YamlMappingNode config, string project, string path)
    {
        var declarations = ImmutableArray.CreateBuilder<ConfigDeclaration>();
        List<string> problems = [];
        foreach (var (key, value) in config.Children)
        {
            var name = Name(key);
            var full = Key(name, project);
            var isOwn = full.StartsWith($"{project}:", StringComparison.Ordinal);
            if (value is not YamlMappingNode declaration)
            {
                continue;
            }

            var place = $"{path}:{key.Start.Line}:{key.Start.Column}: the configuration '{name}'";
            var type = Type(declaration, place, problems);
            var preset = YamlFile.Find(declaration, "default");
            if (preset is not null && YamlFile.Find(declaration, "value") is not null)
            {
                problems.Add($"{place} has both a `default` and a `value`. Keep one of them.");
            }

            if (!isOwn && (type is not null || preset is not null))
            {
                problems.Add($"{place} belongs to another package, so it has neither a `type` nor a `default`. Give it a `value`.");
            }
            else if (!isOwn && Given(value) is null)
            {
                problems.Add($"{place} belongs to another package, so it needs a `value`.");
            }
            else if (type is not null && preset is not null && !type.Accepts(YamlFile.ToConfig(preset, path), isText: false, static ciphertext => ciphertext))
            {
                problems.Add($"{place} has a default that is not of its type {type}.");
            }

            declarations.Add(new ConfigDeclaration(full, name, type, YamlFile.Text(declaration, "secret") == "true", Required: isOwn && Given(value) is null));
        }

        return problems.Count == 0 ? declarations.ToImmutable() : throw new StackException(string.Join('\n', problems));
    }

    private static ConfigType? Type(YamlMappingNode declaration, string place, List<string> problems)
    {
        if (YamlFile.Text(declaration, "type") is not { } name)
        {
            return null;
        }

        if (!ConfigType.Names.Contains(name, StringComparer.Ordinal))
        {
            problems.Add($"{place} has the unknown type '{name}'. There are: {string.Join(", ", ConfigType.Names)}.");
            return null;
        }

        if (name != "array")
        {
            return new ConfigType(name, Items: null);
        }

        if (YamlFile.Find(declaration, "items") is YamlMappingNode items && Type(items, place, problems) is { } type)
        {
            return new ConfigType(name, type);
        }

        problems.Add($"{place} is an array without the type of its items. Add `items: {{type: ...}}`.");
        return null;
    }

    private static string Name(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private static string Key(string name, string project) => name.Contains(':', StringComparison.Ordinal) ? name : $"{project}:{name}";

    private static YamlNode? Given(YamlNode value) =>
        value is YamlMappingNode declaration ? YamlFile.Find(declaration, "value") ?? YamlFile.Find(declaration, "default") : value;
}
