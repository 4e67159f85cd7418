using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Tests.Kubernetes;

internal static class ClusterExamples
{
    public static ClusterSecrets Secrets { get; } = new("c2VjcmV0LWtleS1vZi10aGlydHktdHdvLWJ5dGVzLi4=", new string('a', 64));

    public static KubernetesClusterSpec Lab { get; } = new()
    {
        Name = "gov",
        Version = "1.20.2",
        ApiAddress = "10.1.0.11",
        Nodes =
        [
            new() { Name = "gov-cp-1", Role = KubernetesRole.ControlPlane, Address = "10.1.0.11", PodNetwork = "10.2.1.0/24" },
            Worker(1) with { Labels = ImmutableSortedDictionary<string, string>.Empty.Add("pool", "web"), Taints = ["dedicated=web:NoSchedule"] },
            Worker(2),
        ],
        PodNetwork = "10.2.0.0/18",
        ServiceNetwork = "10.3.0.0/20",
        NodeNetworks = ["10.1.0.0/24"],
        LoadBalancerNetworks = ["10.1.1.0/24"],
        NodeLoss = NodeLossTimings.Fast,
        Lab = true,
        Access = new() { ManagementNetworks = ["10.9.0.0/24"] },
    };

    public static KubernetesClusterSpec Production { get; } = Lab with
    {
        Version = "1.34.2",
        ApiAddress = "10.1.9.1",
        Lab = false,
        ImageRepository = "registry.example/kubernetes",
        NodeLoss = NodeLossTimings.Standard,
        Repository = new("https://packages.example/kubernetes/1.34/", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "1.34.2-1.1"),
        Nodes =
        [
            .. Lab.Nodes,
            new() { Name = "gov-cp-2", Role = KubernetesRole.ControlPlane, Address = "10.1.0.12", PodNetwork = "10.2.2.0/24" },
            new() { Name = "gov-cp-3", Role = KubernetesRole.ControlPlane, Address = "10.1.0.13", PodNetwork = "10.2.3.0/24" },
        ],
    };

    public static KubernetesNodeSpec Worker(int number) => new()
    {
        Name = $"gov-worker-{number}",
        Role = KubernetesRole.Worker,
        Address = $"10.1.0.3{number}",
        PodNetwork = $"10.2.{16 + number}.0/24",
    };
}
