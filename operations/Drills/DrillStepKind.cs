namespace AppStack.Operations.Drills;

/// <summary>What a step means for the report and for restoring the platform.</summary>
internal enum DrillStepKind
{
    /// <summary>Watches.</summary>
    Observe,

    /// <summary>Causes the fault; recovery is counted from its start.</summary>
    Fault,

    /// <summary>Takes the fault back; also done when the drill ends early.</summary>
    Restore,

    /// <summary>Waits until the platform is whole again.</summary>
    AwaitHealth,
}
