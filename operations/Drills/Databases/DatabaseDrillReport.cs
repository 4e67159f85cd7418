using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills.Databases;

/// <summary>What a database drill showed.</summary>
public sealed record DatabaseDrillReport
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The environment in which it ran.</summary>
    public required string Environment { get; init; }

    /// <summary>One report per fault.</summary>
    public required IReadOnlyList<DatabaseDrillPartReport> Parts { get; init; }

    /// <summary>The whole writer, from its start to its end.</summary>
    public required WriteReport Writes { get; init; }

    /// <summary>What the database holds, compared with what it acknowledged; <see langword="null"/>: its rows could not be read.</summary>
    public required WriteAudit? Audit { get; init; }

    /// <summary>What a failover may take by the time line of the cluster's settings, in milliseconds.</summary>
    public required double ModelMs { get; init; }

    /// <summary>What of the platform was off after it had been restored; empty when it is as before.</summary>
    public IReadOnlyList<VerifyCheck> OffAfterwards { get; init; } = [];

    /// <summary>What ended the drill early or could not be looked at, and where to look; <see langword="null"/>: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Whether every part is within its limits, no row is lost and the platform is whole again.</summary>
    public bool Passed => Error is null && Parts.Count > 0 && Writes.Requests > 0 && Parts.All(part => part.Passed) && Audit is { Ok: true } && OffAfterwards.Count == 0;

    /// <summary>The longest time without an acknowledged commit after any of the faults, in milliseconds.</summary>
    public double LongestGapMs => Parts.Select(part => part.Writes.LongestGapMs).DefaultIfEmpty().Max();

    /// <summary>The longest recovery, in milliseconds.</summary>
    public double RecoveryMs => Parts.Select(part => part.Writes.RecoveryMs).DefaultIfEmpty().Max();

    /// <summary>Rows whose commit was acknowledged.</summary>
    public int Acknowledged => Audit?.Acknowledged ?? Writes.Requests - Writes.Failed;

    /// <summary>Whether a margin was to be measured.</summary>
    public bool HasMargin => Parts.Any(part => part.HasMargin);

    /// <summary>The smallest margin between the old leader's last write and the new one's first, in milliseconds; null when it was not measured, or is not known of every part.</summary>
    public double? MarginMs => Parts.Any(part => part.HasMargin && part.MarginMs is null) ? null : Parts.Select(part => part.MarginMs).Min();
}
