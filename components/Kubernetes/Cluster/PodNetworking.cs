namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>How pods reach each other across nodes.</summary>
public enum PodNetworking
{
    /// <summary>Static routes between nodes and Debian's CNI plugins. NetworkPolicies are accepted by the API server, but not enforced.</summary>
    Routes,

    /// <summary>Calico, where its chart can be reached.</summary>
    Calico,

    /// <summary>Cilium, where its chart can be reached.</summary>
    Cilium,
}
