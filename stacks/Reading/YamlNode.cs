using System.Collections.Immutable;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>A YAML document with the place of everything in it. Unlike a dictionary it keeps keys that occur twice, to report them.</summary>
internal abstract record YamlNode(SourceMark Mark)
{
    /// <summary>What a person calls it.</summary>
    public abstract string Kind { get; }

    internal sealed record Scalar(SourceMark Mark, string Value, bool Quoted) : YamlNode(Mark)
    {
        public override string Kind => IsNull ? "nothing" : $"'{Value}'";

        /// <summary>Whether the key has no value; in quotes an empty text is a text.</summary>
        public bool IsNull => !Quoted && Value is "" or "~" or "null";
    }

    internal sealed record Sequence(SourceMark Mark, ImmutableArray<YamlNode> Items) : YamlNode(Mark)
    {
        public override string Kind => "a list";
    }

    internal sealed record Mapping(SourceMark Mark, ImmutableArray<(Scalar Key, YamlNode Value)> Members) : YamlNode(Mark)
    {
        public override string Kind => "an object";
    }
}
