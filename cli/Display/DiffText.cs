using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>Lays out the diff of one step as lines of text.</summary>
internal static class DiffText
{
    private const int Indentation = 4;

    /// <summary>The step's header and what happens to its properties.</summary>
    public static IEnumerable<Styled> Of(StepDescription step)
    {
        var id = step.Kind is StepKind.Delete or StepKind.Replace or StepKind.DeleteReplaced && step.Id is { Length: > 0 } found ? $"  [id={found}]" : "";
        var protect = step.Protect ? "  [protected]" : "";
        yield return new($" {StepWords.Sign(step.Kind)} {UrnText.Type(step.Urn)}  {UrnText.Name(step.Urn)}  ({StepWords.Planned(step.Kind)}){id}{protect}", StepWords.Colour(step.Kind));
        foreach (var line in Lines(PropertyDiff.Of(step), "    "))
        {
            yield return line;
        }
    }

    /// <summary>Lines of a diff with their signs and colours.</summary>
    public static IEnumerable<Styled> Lines(IEnumerable<DiffLine> lines, string margin)
    {
        foreach (var line in lines)
        {
            var (sign, colour) = line.Sign switch
            {
                DiffSign.Added => ("+ ", "green"),
                DiffSign.Removed => ("- ", "red"),
                DiffSign.Changed => ("~ ", "yellow"),
                _ => ("  ", ""),
            };
            yield return new($"{margin}{new string(' ', line.Depth * Indentation)}{sign}{line.Text}".TrimEnd(), colour);
        }
    }
}
