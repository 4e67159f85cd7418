using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AppStack.Engine.Planning;

/// <summary>
/// A path to a property: <c>root.member[0]["a name with dots"][*]</c>. <c>*</c> stands for every member or element.
/// </summary>
internal sealed class PropertyPath : IEquatable<PropertyPath>
{
    private PropertyPath(ImmutableArray<Segment> segments) => Segments = segments;

    public ImmutableArray<Segment> Segments { get; }

    public static PropertyPath Of(params ReadOnlySpan<Segment> segments) => new([.. segments]);

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">The text is not a path; the message says why.</exception>
    public static PropertyPath Parse(string text)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var position = 0;
        while (position < text.Length)
        {
            if (text[position] == '.')
            {
                position++;
                if (position == text.Length || text[position] is '.' or '[')
                {
                    throw new FormatException($"The property path '{text}' has an empty name at position {position}.");
                }
            }

            segments.Add(text[position] == '[' ? ParseBracket(text, ref position) : ParseName(text, ref position));
        }

        return segments.Count == 0 ? throw new FormatException("The property path is empty.") : new PropertyPath(segments.DrainToImmutable());
    }

    public PropertyPath Append(Segment segment) => new(Segments.Add(segment));

    /// <summary>Whether another path names this property, or something inside it.</summary>
    public bool Contains(PropertyPath other)
    {
        if (Segments.Length > other.Segments.Length)
        {
            return false;
        }

        for (var i = 0; i < Segments.Length; i++)
        {
            if (!Segments[i].Matches(other.Segments[i]))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(PropertyPath? other) => other is not null && Segments.AsSpan().SequenceEqual(other.Segments.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as PropertyPath);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            segment.AppendTo(text);
        }

        return text.ToString();
    }

    private static Segment ParseName(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not ('.' or '['))
        {
            position++;
        }

        var name = text[start..position];
        return name == "*" ? Segment.All : Segment.Member(name);
    }

    private static Segment ParseBracket(string text, ref int position)
    {
        var start = ++position;
        if (position < text.Length && text[position] == '"')
        {
            return ParseQuoted(text, ref position);
        }

        var end = text.IndexOf(']', start);
        if (end < 0)
        {
            throw new FormatException($"The property path '{text}' has no ']' for the '[' at position {start - 1}.");
        }

        position = end + 1;
        var inside = text[start..end];
        if (inside == "*")
        {
            return Segment.All;
        }

        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? Segment.Element(index)
            : throw new FormatException($"The property path '{text}' has '[{inside}]'; a number, '*' or a name in double quotes belongs there.");
    }

    private static Segment ParseQuoted(string text, ref int position)
    {
        var name = new StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            name.Append(text[position]);
        }

        if (position + 1 >= text.Length || text[position + 1] != ']')
        {
            throw new FormatException($"The property path '{text}' has a quoted name that does not end in '\"]'.");
        }

        position += 2;
        return Segment.Member(name.ToString());
    }

    /// <summary>One step of a path.</summary>
    internal readonly record struct Segment
    {
        private Segment(string? name, int index)
        {
            Name = name;
            Index = index;
        }

        public static Segment All => new(name: null, -1);

        public string? Name { get; }

        public int Index { get; }

        public bool IsAll => Name is null && Index < 0;

        public static Segment Member(string name) => new(name, -1);

        public static Segment Element(int index) => new(name: null, index);

        public bool Matches(Segment other) => IsAll || this == other;

        public void AppendTo(StringBuilder text)
        {
            if (IsAll)
            {
                text.Append("[*]");
            }
            else if (Name is null)
            {
                text.Append('[').Append(Index).Append(']');
            }
            else if (Name.Length == 0 || Name.AsSpan().ContainsAny(".[]\"*"))
            {
                text.Append("[\"").Append(Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"]");
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(Name);
            }
        }
    }
}
