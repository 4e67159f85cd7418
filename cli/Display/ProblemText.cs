using AppStack.Stacks.Environments.Reading;

namespace AppStack.Cli.Display;

/// <summary>All that is wrong with a descriptor.</summary>
internal static class ProblemText
{
    /// <summary>The lines: a heading, then place, what is wrong and what would be right of each problem.</summary>
    public static IEnumerable<Styled> Of(DescriptorException exception)
    {
        var count = exception.Problems.Length;
        yield return new($"error: {exception.File} has {(count == 1 ? "1 problem" : $"{count} problems")}; nothing was changed.", "red");
        foreach (var problem in exception.Problems)
        {
            yield return new("");
            yield return new($"{problem.Place}{(problem.Path.Length == 0 ? "" : "  " + problem.Path)}", "bold");
            yield return new($"    {problem.Wrong}");
            if (problem.Right.Length > 0)
            {
                yield return new($"    {problem.Right}", "green");
            }
        }
    }
}
