using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AppStack.Engine.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AppStack.Engine.Projects;

/// <summary>Reading of project and stack files.</summary>
internal static partial class YamlFile
{
    /// <summary>The root of a file; an empty mapping for an empty file.</summary>
    /// <exception cref="StackException">The file is not YAML, or not a mapping.</exception>
    public static YamlMappingNode Read(string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0)
            {
                return new YamlMappingNode();
            }

            return stream.Documents[0].RootNode switch
            {
                YamlMappingNode mapping => mapping,
                YamlScalarNode { Value: null or "" } => new YamlMappingNode(),
                var other => throw new StackException($"{path}:{other.Start.Line}:{other.Start.Column}: a mapping of names to values belongs here."),
            };
        }
        catch (YamlException exception)
        {
            throw new StackException($"{path}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}", exception);
        }
    }

    public static YamlNode? Find(YamlMappingNode mapping, string name) =>
        mapping.Children.FirstOrDefault(member => member.Key is YamlScalarNode key && key.Value == name).Value;

    public static string? Text(YamlMappingNode mapping, string name) => (Find(mapping, name) as YamlScalarNode)?.Value;

    public static ConfigNode ToConfig(YamlNode node, string path)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                return new ConfigNode.Scalar(scalar.Value ?? "", scalar.Style is ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted or ScalarStyle.Literal or ScalarStyle.Folded || !LooksTyped(scalar.Value ?? ""));
            case YamlSequenceNode sequence:
                return new ConfigNode.List([.. sequence.Children.Select(child => ToConfig(child, path))]);
            case YamlMappingNode mapping:
                if (mapping.Children.Count == 1 && Find(mapping, "secure") is YamlScalarNode secure)
                {
                    return new ConfigNode.Secure(secure.Value ?? "");
                }

                return new ConfigNode.Map(
                [
                    .. mapping.Children.Select(member => new KeyValuePair<string, ConfigNode>(
                        (member.Key as YamlScalarNode)?.Value ?? throw new StackException($"{path}:{member.Key.Start.Line}:{member.Key.Start.Column}: a name belongs here."),
                        ToConfig(member.Value, path))),
                ]);
            default:
                throw new StackException($"{path}:{node.Start.Line}:{node.Start.Column}: a value belongs here.");
        }
    }

    /// <summary>Whether plain text would be read as something other than a string.</summary>
    public static bool LooksTyped(string text) =>
        text is "" or "~" or "null" or "true" or "false" or "True" or "False" or "TRUE" or "FALSE" or "yes" or "no" or "on" or "off"
        || NumberPattern().IsMatch(text);

    /// <summary>A scalar's value in JSON.</summary>
    public static object? Typed(ConfigNode.Scalar scalar)
    {
        if (scalar.IsText)
        {
            return scalar.Text;
        }

        return scalar.Text switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            "" or "~" or "null" => null,
            var text when NumberPattern().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            var text => text,
        };
    }

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();
}
