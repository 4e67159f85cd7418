using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Kubernetes.Policy;

/// <summary>Arguments of a <see cref="ClusterPolicy"/>.</summary>
public sealed class ClusterPolicyArgs : ResourceArgs
{
    /// <summary>The rules. They are known when the program runs, so that every problem of them shows in a preview.</summary>
    public required ClusterPolicySpec Spec { get; set; }

    /// <summary>The cluster, as its administrator reaches it.</summary>
    public required Provider Provider { get; set; }
}
