namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>What pods of a namespace may ask of their node.</summary>
public enum PodSecurity
{
    /// <summary>Nothing.</summary>
    Restricted,

    /// <summary>What common images need.</summary>
    Baseline,

    /// <summary>Everything.</summary>
    Privileged,
}
