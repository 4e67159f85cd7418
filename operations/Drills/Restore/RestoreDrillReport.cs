using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills.Restore;

/// <summary>What the drill <c>restore</c> showed.</summary>
public sealed record RestoreDrillReport
{
    /// <summary>A copy of a lab's few megabytes: fetched, replayed, read. Far more than it takes, so that it fails only when something is wrong.</summary>
    public const double LimitMs = 60_000;

    /// <summary>The environment in which it ran.</summary>
    public required string Environment { get; init; }

    /// <summary>The node on which the copy was made.</summary>
    public required string Node { get; init; }

    /// <summary>The moment, as the server wrote it; empty: the drill did not come so far.</summary>
    public required string Moment { get; init; }

    /// <summary>The writer, from its start to its end: backups and the restore happen beside it.</summary>
    public required WriteReport Writes { get; init; }

    /// <summary>The copy, compared with the cluster; <see langword="null"/>: there was none to be read.</summary>
    public required RestoreComparison? Copy { get; init; }

    /// <summary>The recovery time that was reached: from the damage until the rows of the moment can be read, in milliseconds; <see langword="null"/>: they never could.</summary>
    public required double? RtoMs { get; init; }

    /// <summary>How old the newest archived WAL was when the damage was done, in milliseconds: what would be lost with all database nodes at once; <see langword="null"/>: nobody asked.</summary>
    public required double? ArchiveAgeMs { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<DrillStepTime> Steps { get; init; }

    /// <summary>What of the platform was off afterwards.</summary>
    public IReadOnlyList<VerifyCheck> OffAfterwards { get; init; } = [];

    /// <summary>What ended the drill early or could not be looked at, and where to look; <see langword="null"/>: nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Rows that were acknowledged before the moment; without a copy, all that were acknowledged.</summary>
    public int Acknowledged => Copy?.Rows ?? Writes.Requests - Writes.Failed;

    /// <summary>Whether the copy is what the cluster was, in time, and nobody was disturbed.</summary>
    public bool Passed => Error is null && Copy is { Ok: true } && Writes.Failed == 0 && RtoMs <= LimitMs && OffAfterwards.Count == 0;
}
