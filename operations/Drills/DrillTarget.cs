namespace AppStack.Operations.Drills;

/// <summary>What a scenario is done to.</summary>
/// <param name="Node">The node.</param>
/// <param name="Helper">A control plane of its Kubernetes cluster on which commands about it are run, another one than the node when there is one; the node itself where there is no cluster.</param>
/// <param name="Service">The service in a cluster that is under load: the name of a namespace and of a deployment in it.</param>
internal sealed record DrillTarget(string Node, string Helper, string Service)
{
    /// <summary>All control planes of the node's Kubernetes cluster; none where there is no cluster.</summary>
    public IReadOnlyList<string> ControlPlanes { get; init; } = [];
}
