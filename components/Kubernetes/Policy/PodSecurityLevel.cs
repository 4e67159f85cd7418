namespace AppStack.Components.Kubernetes.Policy;

/// <summary>What pods of a namespace may ask of their node: the levels of the Pod Security Standards.</summary>
public enum PodSecurityLevel
{
    /// <summary>Nothing: not root, no capabilities, no folders of the node.</summary>
    Restricted,

    /// <summary>What common images need, without known ways to more rights. Not where pod security is made of policies (before 1.23).</summary>
    Baseline,

    /// <summary>Everything.</summary>
    Privileged,
}
