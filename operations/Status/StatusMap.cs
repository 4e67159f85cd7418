using System.Collections.Immutable;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;

namespace AppStack.Operations.Status;

/// <summary>The platform as a request goes through it, with how each part is at one moment. Made by <see cref="Of"/>; shown by renderers, which decide nothing.</summary>
public sealed record StatusMap
{
    /// <summary>Name of the environment.</summary>
    public required string Environment { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>How long that took, in milliseconds.</summary>
    public required double Ms { get; init; }

    /// <summary>A request's way, from the citizen to the backups.</summary>
    public required ImmutableArray<StatusStage> Way { get; init; }

    /// <summary>What stands beside it: nobody's request comes here.</summary>
    public required ImmutableArray<StatusStage> Beside { get; init; }

    /// <summary>What is wrong with the environment, and not with a part that the map shows.</summary>
    public ImmutableArray<StatusProblem> Elsewhere { get; init; } = [];

    /// <summary>How many checks were made.</summary>
    public required int Checks { get; init; }

    /// <summary>How many of them are off.</summary>
    public required int ChecksOff { get; init; }

    /// <summary>How many alerts are raised; <see langword="null"/> without monitoring.</summary>
    public required int? Alerts { get; init; }

    /// <summary>All stages: the way, then what stands beside it.</summary>
    public IEnumerable<StatusStage> Stages => Way.Concat(Beside);

    /// <summary>All that is wrong, in the order of the map, each with the box or the stage that it is about.</summary>
    public IEnumerable<(string Where, StatusBox? Box, StatusProblem Problem)> Problems =>
    [
        .. Elsewhere.Select(problem => (Environment, (StatusBox?)null, problem)),
        .. Stages.SelectMany(stage => stage.Problems.Select(problem => (stage.Title, (StatusBox?)null, problem))
            .Concat(stage.Boxes.SelectMany(box => box.Problems.Select(problem => (box.Name, (StatusBox?)box, problem))))),
    ];

    /// <summary>How everything is: as its worst part; a part that nobody looks at does not count.</summary>
    public StatusState State
    {
        get
        {
            var states = Stages.SelectMany(stage => stage.Boxes).Select(box => box.State).Concat(Problems.Select(found => found.Problem.State)).ToList();
            return Checks == 0 ? StatusState.Unknown : states.Where(state => state != StatusState.Unknown).DefaultIfEmpty(StatusState.Unknown).Max();
        }
    }

    /// <summary>Draws the map.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="report">What was seen of it.</param>
    /// <param name="seenAt">When.</param>
    /// <returns>The map.</returns>
    public static StatusMap Of(EnvironmentSpec environment, VerifyReport report, DateTimeOffset seenAt) => new StatusMapBuilder(environment, report).Build(seenAt);
}
