using System.Text;
using AppStack.Engine.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Projects;

/// <summary>
/// Changes single values of a stack's file and leaves everything else, comments and blank lines included, as people wrote it. It works on
/// lines: the YAML reader says where a value begins and ends.
/// </summary>
internal static class StackFileEditor
{
    /// <summary>The file's text with a top-level scalar set.</summary>
    public static string SetScalar(string text, string path, string name, string value)
    {
        var line = $"{name}: {Scalar(value)}";
        var lines = Lines(text);
        var root = YamlFile.Read(text, path);
        foreach (var (key, node) in root.Children)
        {
            if (key is YamlScalarNode { Value: { } found } && found == name)
            {
                Replace(lines, key.Start.Line, LastLine(lines, key, node), [line]);
                return Join(lines);
            }
        }

        lines.Insert(0, line);
        return Join(lines);
    }

    /// <summary>The file's text with a configuration value set.</summary>
    public static string SetConfig(string text, string path, string key, ConfigNode value)
    {
        var lines = Lines(text);
        var root = YamlFile.Read(text, path);
        if (YamlFile.Find(root, "config") is not YamlMappingNode { Children.Count: > 0 } config)
        {
            if (ConfigKey(root) is { } empty)
            {
                lines.RemoveAt((int)empty.Start.Line - 1);
            }

            lines.Add("config:");
            lines.AddRange(Entry(key, value, "  "));
            return Join(lines);
        }

        RequireBlockStyle(config, path);
        var indent = new string(' ', (int)config.Children.First().Key.Start.Column - 1);
        foreach (var (name, node) in config.Children)
        {
            if (name is YamlScalarNode { Value: { } found } && found == key)
            {
                Replace(lines, name.Start.Line, LastLine(lines, name, node), Entry(key, value, indent));
                return Join(lines);
            }
        }

        var (lastKey, lastNode) = config.Children.Last();
        lines.InsertRange(LastLine(lines, lastKey, lastNode), Entry(key, value, indent));
        return Join(lines);
    }

    /// <summary>The file's text without a configuration value.</summary>
    public static string RemoveConfig(string text, string path, string key)
    {
        var lines = Lines(text);
        if (YamlFile.Find(YamlFile.Read(text, path), "config") is not YamlMappingNode config)
        {
            return text;
        }

        RequireBlockStyle(config, path);
        foreach (var (name, node) in config.Children)
        {
            if (name is YamlScalarNode { Value: { } found } && found == key)
            {
                var replacement = config.Children.Count == 1 ? ["config: {}"] : Array.Empty<string>();
                var first = config.Children.Count == 1 ? ConfigKey(YamlFile.Read(text, path))!.Start.Line : name.Start.Line;
                Replace(lines, first, LastLine(lines, name, node), replacement);
                return Join(lines);
            }
        }

        return text;
    }

    private static YamlNode? ConfigKey(YamlMappingNode root) =>
        root.Children.Keys.FirstOrDefault(key => key is YamlScalarNode { Value: "config" });

    private static void RequireBlockStyle(YamlMappingNode config, string path)
    {
        if (config.Style == YamlDotNet.Core.Events.MappingStyle.Flow && config.Children.Count > 0)
        {
            throw new StackException($"{path}:{config.Start.Line}: write `config` with one value per line, so that it can be changed here.");
        }
    }

    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static string Join(List<string> lines) => lines.Count == 0 ? "" : string.Join('\n', lines) + "\n";

    private static void Replace(List<string> lines, long first, int last, IEnumerable<string> replacement)
    {
        lines.RemoveRange((int)first - 1, last - (int)first + 1);
        lines.InsertRange((int)first - 1, replacement);
    }

    // Line numbers start at 1. A value ends before the next line that is not deeper than its key; comments and blank lines after it stay.
    private static int LastLine(List<string> lines, YamlNode key, YamlNode value)
    {
        var first = (int)key.Start.Line;
        var indent = (int)key.Start.Column - 1;
        var last = Math.Max(first, (int)value.Start.Line);
        for (var number = first + 1; number <= lines.Count; number++)
        {
            var line = lines[number - 1];
            var trimmed = line.TrimStart();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            var depth = line.Length - trimmed.Length;
            var isItem = depth == indent && trimmed.StartsWith("- ", StringComparison.Ordinal) && value is YamlSequenceNode;
            if (depth <= indent && !isItem)
            {
                break;
            }

            last = number;
        }

        return Math.Min(last, lines.Count);
    }

    private static IEnumerable<string> Entry(string key, ConfigNode value, string indent)
    {
        var name = Scalar(key);
        switch (value)
        {
            case ConfigNode.Scalar scalar:
                yield return $"{indent}{name}: {(scalar.IsText ? Scalar(scalar.Text) : scalar.Text)}";
                break;
            case ConfigNode.Secure secure:
                yield return $"{indent}{name}:";
                yield return $"{indent}  secure: {secure.Ciphertext}";
                break;
            case ConfigNode.List { Items.Length: 0 }:
                yield return $"{indent}{name}: []";
                break;
            case ConfigNode.Map { Members.Length: 0 }:
                yield return $"{indent}{name}: {{}}";
                break;
            case ConfigNode.List list:
                yield return $"{indent}{name}:";
                foreach (var line in Items(list, indent + "  "))
                {
                    yield return line;
                }

                break;
            case ConfigNode.Map map:
                yield return $"{indent}{name}:";
                foreach (var line in map.Members.SelectMany(member => Entry(member.Key, member.Value, indent + "  ")))
                {
                    yield return line;
                }

                break;
        }
    }

    private static IEnumerable<string> Items(ConfigNode.List list, string indent)
    {
        foreach (var item in list.Items)
        {
            // An element is written as a member without name, then given its dash.
            var lines = item switch
            {
                ConfigNode.Scalar scalar => [scalar.IsText ? Scalar(scalar.Text) : scalar.Text],
                ConfigNode.Secure secure => [$"secure: {secure.Ciphertext}"],
                ConfigNode.List { Items.Length: 0 } => ["[]"],
                ConfigNode.Map { Members.Length: 0 } => ["{}"],
                ConfigNode.List inner => Items(inner, "").ToArray(),
                ConfigNode.Map map => map.Members.SelectMany(member => Entry(member.Key, member.Value, "")).ToArray(),
                _ => throw new InvalidOperationException("A configuration value of no known kind."),
            };
            for (var i = 0; i < lines.Length; i++)
            {
                yield return (i == 0 ? $"{indent}- " : $"{indent}  ") + lines[i];
            }
        }
    }

    private static string Scalar(string text)
    {
        var plain = text.Length > 0
            && !YamlFile.LooksTyped(text)
            && !text.AsSpan().ContainsAny("\n\r\t\"'#{}[],&*!|>%@`")
            && text[0] is not ('-' or '?' or ':' or ' ')
            && text[^1] is not (' ' or ':')
            && !text.Contains(": ", StringComparison.Ordinal);
        if (plain)
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\x{(int)character:x2}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
