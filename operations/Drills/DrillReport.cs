using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills;

/// <summary>What a drill showed.</summary>
public sealed record DrillReport
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The environment in which it ran.</summary>
    public required string Environment { get; init; }

    /// <summary>The node to which it was done.</summary>
    public required string Node { get; init; }

    /// <summary>One report per kind of load.</summary>
    public required IReadOnlyList<DrillPartReport> Parts { get; init; }

    /// <summary>What was done before and after the parts.</summary>
    public required IReadOnlyList<DrillStepTime> Steps { get; init; }

    /// <summary>What of the platform was off after it had been restored; empty when it is as before.</summary>
    public IReadOnlyList<VerifyCheck> OffAfterwards { get; init; } = [];

    /// <summary>What ended the drill early or could not be looked at, and where to look; <see langword="null"/>: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Whether every part is within its limits and the platform is whole again.</summary>
    public bool Passed => Error is null && Parts.Count > 0 && Parts.All(part => part.Passed) && OffAfterwards.Count == 0;

    /// <summary>Requests of all parts.</summary>
    public int Requests => Parts.Sum(part => part.Load.Requests);

    /// <summary>Failed requests of all parts.</summary>
    public int Failed => Parts.Sum(part => part.Load.Failed);

    /// <summary>The longest gap of any part, in milliseconds.</summary>
    public double LongestGapMs => Parts.Select(part => part.Load.LongestGapMs).DefaultIfEmpty().Max();

    /// <summary>The longest recovery of any part, in milliseconds.</summary>
    public double RecoveryMs => Parts.Select(part => part.RecoveryMs).DefaultIfEmpty().Max();

    /// <summary>The steps of the drill in order, those of a part under its kind of load.</summary>
    public IEnumerable<DrillStepTime> AllSteps => Parts.Count == 1
        ? [.. Parts[0].Steps, .. Steps]
        : [.. Parts.SelectMany(part => part.Steps.Select(step => step with { Name = $"{part.Mode}: {step.Name}" })), .. Steps];
}
