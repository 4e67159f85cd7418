using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>The objects that components make in a cluster, as they are sent to its API.</summary>
public sealed class ObjectsTests
{
    [Theory]
    [InlineData("1.20.2")]
    [InlineData("1.34.2")]
    public async Task The_rules_of_a_cluster(string version) => Snapshot.Verify(await Manifests.TextAsync(provider => _ = new ClusterPolicy(
        "gov-rules",
        new ClusterPolicyArgs
        {
            Provider = provider,
            Spec = new()
            {
                Cluster = "gov",
                Version = KubernetesVersion.TryParse(version)!,
                Namespaces =
                [
                    new() { Name = "taxes", Team = "taxes-team", Cores = 8, MemoryMiB = 4096, Pods = 20, From = ["10.1.1.0/24"] },
                    new() { Name = "agents", PodSecurity = PodSecurityLevel.Privileged },
                ],
            },
        })), "json", version);

    [Theory]
    [InlineData("1.20.2")]
    [InlineData("1.34.2")]
    public async Task The_service_that_welcomes(string version) => Snapshot.Verify(await Manifests.TextAsync(provider => _ = new WelcomeService(
        "gov-welcome",
        new WelcomeArgs { Provider = provider, Spec = new() { Version = KubernetesVersion.TryParse(version)!, Image = "appstack.local/web:v1" } })), "json", version);

    [Fact]
    public void Everything_wrong_with_the_service_that_welcomes_is_listed_at_once() => Assert.Equal(
        ["replicas: 1 pods cannot be replaced without a gap; use at least 2", "image: is missing"],
        WelcomeValidator.Validate(new() { Version = KubernetesVersion.Built, Image = "", Replicas = 1 }).Select(problem => problem.ToString()));

    [Fact]
    public void Everything_wrong_with_rules_is_listed_at_once() => Assert.Equal(
        [
            "namespaces: the name 'kube-x' is given 2 times; it must be unique",
            "namespaces[0].name: 'kube-x' is Kubernetes' own; take another name",
            "namespaces[0].team: 'system:masters' is a group of Kubernetes itself, to which everybody or every node may belong",
            "namespaces[0].podSecurity: baseline is not known to Kubernetes 1.20.2, whose pod security is made of policies; use restricted or privileged",
            "namespaces[1].name: 'kube-x' is Kubernetes' own; take another name",
            "namespaces[1].cores: 0 cores are none; use at least 1",
            "namespaces[1].memory: 1 MiB are not enough for one pod; use at least 64",
            "namespaces[1].pods: 0 pods are none; use at least 1",
        ],
        ClusterPolicyValidator.Validate(new()
        {
            Cluster = "gov",
            Version = KubernetesVersion.Built,
            Namespaces = [new() { Name = "kube-x", Team = "system:masters", PodSecurity = PodSecurityLevel.Baseline }, new() { Name = "kube-x", Cores = 0, MemoryMiB = 1, Pods = 0 }],
        }).Select(problem => problem.ToString()));
}
