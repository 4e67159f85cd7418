using System.Collections.Immutable;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>Collects what is wrong in one descriptor.</summary>
internal sealed class ProblemList(string file, SourceMap source)
{
    private readonly List<DescriptorProblem> _problems = [];

    /// <summary>The paths at which there are problems so far; of the whole file not.</summary>
    public ImmutableArray<string> Paths => [.. _problems.Select(problem => problem.Path).Where(path => path.Length > 0)];

    /// <summary>Adds a problem at a key path.</summary>
    public void Add(string path, string wrong, string right = "") => Add(source.Find(path), path, wrong, right);

    /// <summary>Adds a problem at a place that is not a key path of its own.</summary>
    public void Add(SourceMark mark, string path, string wrong, string right = "") =>
        _problems.Add(new DescriptorProblem(file, mark.Line, mark.Column, path, wrong, right));

    /// <summary>All problems in the order of the file, each once.</summary>
    public ImmutableArray<DescriptorProblem> InFileOrder() =>
        [.. _problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    /// <summary>The place of a path as shown inside a message: <c>line 12</c>.</summary>
    public string LineOf(string path) => $"line {source.Find(path).Line}";
}
