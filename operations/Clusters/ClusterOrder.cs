namespace AppStack.Operations.Clusters;

/// <summary>What <c>appstack cluster restore</c> was told.</summary>
/// <param name="Cluster">The Kubernetes cluster; null when the environment has one.</param>
/// <param name="Node">The control plane that has the snapshot; null: the first.</param>
/// <param name="Snapshot">The file there; null: the command lists what there is.</param>
public sealed record ClusterOrder(string? Cluster, string? Node, string? Snapshot);
