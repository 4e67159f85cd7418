using System.Collections.Immutable;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>A descriptor is not right. Holds every problem that was found; nothing was changed.</summary>
public sealed class DescriptorException : Exception
{
    /// <summary>Makes the exception of what was found.</summary>
    /// <param name="file">The descriptor.</param>
    /// <param name="problems">All that is wrong, in the order of the file.</param>
    public DescriptorException(string file, ImmutableArray<DescriptorProblem> problems)
        : base(Text(file, problems))
    {
        File = file;
        Problems = problems;
    }

    /// <summary>The descriptor.</summary>
    public string File { get; }

    /// <summary>All that is wrong, in the order of the file.</summary>
    public ImmutableArray<DescriptorProblem> Problems { get; }

    private static string Text(string file, ImmutableArray<DescriptorProblem> problems) =>
        string.Join(
            '\n',
            [$"{file} has {problems.Length} problem{(problems.Length == 1 ? "" : "s")}; nothing was changed.", .. problems.Select(problem => "  " + problem)]);
}
