namespace AppStack.Operations.Drills.Databases;

/// <summary>One fault and how it is taken back.</summary>
/// <param name="Name">What is done; <c>{0}</c> stands for the node.</param>
/// <param name="Fault">Does it to the node.</param>
internal sealed record DatabaseDrillPart(string Name, Func<IDatabaseDrillPlatform, string, CancellationToken, Task> Fault)
{
    /// <summary>What happens once writes are back, before the fault is taken back. Null: nothing.</summary>
    public (string Name, Func<IDatabaseDrillPlatform, string, CancellationToken, Task> Action)? Meanwhile { get; init; }

    /// <summary>Takes it back; null: nothing has to be.</summary>
    public Func<IDatabaseDrillPlatform, string, CancellationToken, Task>? Restore { get; init; }

    /// <summary>Whether another node must lead afterwards.</summary>
    public bool ChangesLeader { get; init; } = true;

    /// <summary>Whether the old leader is tried from within, to see until when it accepts writes.</summary>
    public bool TriesOldLeader { get; init; }
}
