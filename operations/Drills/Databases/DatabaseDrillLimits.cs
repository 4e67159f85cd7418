namespace AppStack.Operations.Drills.Databases;

/// <summary>What a scenario may cost the services, at 200 rows a second. No acknowledged row may ever be lost or be there twice.</summary>
public sealed record DatabaseDrillLimits
{
    /// <summary>The promise <c>rto: fast</c>: a lease that runs out (2.7 s), an election, a promotion, poolers that connect anew.</summary>
    public static readonly DatabaseDrillLimits LeaderLoss = new() { RecoveryMs = 12_000 };

    /// <summary>Nobody has to wait for a lease: the leader's own guard sees the end of PostgreSQL and gives it back.</summary>
    public static readonly DatabaseDrillLimits LeaderCrash = new() { RecoveryMs = 6000 };

    /// <summary>As the loss of the leader; and the old one must be silent before the new one accepts anything.</summary>
    public static readonly DatabaseDrillLimits Partition = new() { RecoveryMs = 12_000, OverlapMs = 0 };

    /// <summary>Planned: poolers hold statements back meanwhile.</summary>
    public static readonly DatabaseDrillLimits Switchover = new() { Failed = 0, SlowestMs = 4000 };

    /// <summary>What was under way on the connections of the one that dies; the others go on.</summary>
    public static readonly DatabaseDrillLimits PoolerLoss = new() { Failed = Load.DatabaseWriter.Connections, LongestGapMs = 2000 };

    /// <summary>Nobody notices: another standby confirms commits.</summary>
    public static readonly DatabaseDrillLimits StandbyLoss = new() { Failed = 0 };

    /// <summary>Statements that may fail; null: any number, their connections break.</summary>
    public int? Failed { get; init; }

    /// <summary>When writes must be back, in milliseconds; null when not limited.</summary>
    public double? RecoveryMs { get; init; }

    /// <summary>The longest time without an acknowledged commit; null when not limited.</summary>
    public double? LongestGapMs { get; init; }

    /// <summary>The slowest statement; null when not limited.</summary>
    public double? SlowestMs { get; init; }

    /// <summary>For how long two leaders may have accepted writes; null when not measured.</summary>
    public double? OverlapMs { get; init; }
}
