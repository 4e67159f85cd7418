namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How fast a dead node of a Kubernetes cluster is noticed.</summary>
public enum NodeLossSpeed
{
    /// <summary>After 40 s, as Kubernetes does it by itself.</summary>
    Standard,

    /// <summary>After 8 to 10 s.</summary>
    Fast,
}
