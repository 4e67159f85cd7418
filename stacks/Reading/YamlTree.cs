using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>
/// Reads one YAML document from the parser's events. YamlDotNet's own document model stops at the first key that occurs twice; this one
/// goes on, so that all problems of a file are reported at once.
/// </summary>
internal static class YamlTree
{
    /// <summary>Reads the document.</summary>
    /// <exception cref="YamlException">The text is not YAML, or uses what descriptors do without: anchors, tags, several documents.</exception>
    /// <returns>The root, or <see langword="null"/> when the text holds nothing.</returns>
    public static YamlNode? Read(TextReader text)
    {
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(parser);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            throw new YamlException(second.Start, second.End, "a second document begins here; a descriptor is one document");
        }

        return root;
    }

    private static YamlNode ReadNode(Parser parser)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            throw new YamlException(alias.Start, alias.End, "anchors and aliases are not used in descriptors; write the value out");
        }

        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            throw new YamlException(anchored.Start, anchored.End, "anchors and aliases are not used in descriptors; write the value out");
        }

        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
        {
            return ToScalar(scalar);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser));
            }

            return new YamlNode.Sequence(MarkOf(sequence), items.ToImmutable());
        }

        var mapping = parser.Consume<MappingStart>();
        var members = ImmutableArray.CreateBuilder<(YamlNode.Scalar, YamlNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<YamlDotNet.Core.Events.Scalar>();
            members.Add((ToScalar(key), ReadNode(parser)));
        }

        return new YamlNode.Mapping(MarkOf(mapping), members.ToImmutable());
    }

    private static YamlNode.Scalar ToScalar(YamlDotNet.Core.Events.Scalar scalar) => new(MarkOf(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain);

    private static SourceMark MarkOf(ParsingEvent parsed) => new((int)parsed.Start.Line, (int)parsed.Start.Column);
}
