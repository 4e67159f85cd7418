namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How the pods of a cluster reach each other across nodes.</summary>
public enum ClusterNetworking
{
    /// <summary>Static routes between nodes; network policies are not enforced.</summary>
    Routes,

    /// <summary>Calico.</summary>
    Calico,

    /// <summary>Cilium.</summary>
    Cilium,
}
