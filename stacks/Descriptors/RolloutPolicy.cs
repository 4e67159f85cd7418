namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The order in which the nodes of one group are changed.</summary>
public enum RolloutPolicy
{
    /// <summary>One at a time, drained first, with a health gate between.</summary>
    OneByOne,

    /// <summary>All at once; connections are lost when a daemon restarts.</summary>
    AllAtOnce,
}
