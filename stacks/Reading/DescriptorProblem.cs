namespace AppStack.Stacks.Environments.Reading;

/// <summary>One thing that is wrong in a descriptor.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Path">The path of the key: <c>nodes[2].addresses[0]</c>; empty for the file as a whole.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Right">What would be right; empty when that is obvious.</param>
public sealed record DescriptorProblem(string File, int Line, int Column, string Path, string Wrong, string Right)
{
    /// <summary>The place in the form that editors and terminals make a link of.</summary>
    public string Place => $"{File}:{Line}:{Column}";

    /// <summary>The problem on one line.</summary>
    public override string ToString() =>
        string.Concat(Place, ": ", Path.Length == 0 ? "" : Path + ": ", Wrong, Right.Length == 0 ? "" : $" ({Right})");
}
