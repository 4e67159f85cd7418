using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>What a node of a Kubernetes cluster, asked about its cluster, must say.</summary>
/// <param name="Version">The version that every node runs, without a <c>v</c>.</param>
/// <param name="Nodes">The nodes, all of which must be ready, and no others.</param>
/// <param name="ControlPlanes">The control planes, each of which is a member of etcd.</param>
public sealed record KubernetesExpectation(string Version, IReadOnlyList<string> Nodes, IReadOnlyList<string> ControlPlanes)
{
    /// <summary>The virtual addresses and ports that lead to the HTTPS port of the cluster's ingress.</summary>
    public IReadOnlyList<IPEndPoint> Doors { get; init; } = [];
}
