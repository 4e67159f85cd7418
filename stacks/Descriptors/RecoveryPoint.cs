namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Whether an acknowledged write may be lost.</summary>
public enum RecoveryPoint
{
    /// <summary>Never: a commit waits for a standby.</summary>
    Zero,

    /// <summary>Those of the last moments may be: a commit waits for nobody.</summary>
    Bounded,
}
