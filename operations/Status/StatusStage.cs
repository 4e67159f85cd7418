using System.Collections.Immutable;

namespace AppStack.Operations.Status;

/// <summary>A stage of a request's way: boxes of which a request passes one, or that stand side by side.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Way">How a request gets here from the stage before.</param>
/// <param name="Boxes">The boxes.</param>
public sealed record StatusStage(string Title, string Way, ImmutableArray<StatusBox> Boxes)
{
    /// <summary>What is wrong with all of it, and not with one box.</summary>
    public ImmutableArray<StatusProblem> Problems { get; init; } = [];

    /// <summary>How it is: as its worst part.</summary>
    public StatusState State => Boxes.Select(box => box.State).Concat(Problems.Select(problem => problem.State)).DefaultIfEmpty(StatusState.Unknown).Max();
}
