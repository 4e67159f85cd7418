using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills.Services;

/// <summary>What a drill of a service showed.</summary>
public sealed record ServiceDrillReport
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The environment in which it ran.</summary>
    public required string Environment { get; init; }

    /// <summary>What clients saw, issuing and verifying together.</summary>
    public required LoadReport Load { get; init; }

    /// <summary>From the fault until the last request was sent that failed, in milliseconds; 0 when none did.</summary>
    public required double RecoveryMs { get; init; }

    /// <summary>Documents that clients were given.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>What the database holds of them; <see langword="null"/>: it could not be asked.</summary>
    public required DocumentAudit? Audit { get; init; }

    /// <summary>The limited values.</summary>
    public required IReadOnlyList<DrillFigure> Figures { get; init; }

    /// <summary>The steps with their times.</summary>
    public required IReadOnlyList<DrillStepTime> Steps { get; init; }

    /// <summary>The first requests that failed. Default: none did.</summary>
    public IReadOnlyList<FailedRequest> FirstFailed { get; init; } = [];

    /// <summary>What did not go as it should, besides the figures: a bad version that was taken, an error that does not say why.</summary>
    public required IReadOnlyList<string> Complaints { get; init; }

    /// <summary>What of the platform was off afterwards.</summary>
    public required IReadOnlyList<VerifyCheck> OffAfterwards { get; init; }

    /// <summary>What ended the drill early or could not be looked at, and where to look; <see langword="null"/>: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Whether everything was within its limits, and there was something to measure.</summary>
    public bool Passed => Error is null && Load.Requests > 0 && Audit is { Acknowledged: > 0 } && Figures.All(figure => figure.Ok) && Complaints.Count == 0 && OffAfterwards.Count == 0;
}
