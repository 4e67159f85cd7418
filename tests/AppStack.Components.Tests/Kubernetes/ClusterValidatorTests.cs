using AppStack.Components.Kubernetes.Cluster;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes;

public sealed class ClusterValidatorTests
{
    [Fact]
    public void Examples_are_right()
    {
        Assert.Empty(KubernetesClusterValidator.Validate(ClusterExamples.Lab));
        Assert.Empty(KubernetesClusterValidator.Validate(ClusterExamples.Production));
    }

    [Fact]
    public void All_problems_at_once()
    {
        var bad = ClusterExamples.Production with
        {
            Name = "Gov",
            Version = "1.19",
            ApiAddress = "10.1.0.11",
            ApiPort = 0,
            Networking = (PodNetworking)7,
            Nodes =
            [
                .. ClusterExamples.Production.Nodes.Take(4),
                ClusterExamples.Worker(1) with { Taints = ["nonsense"], PodNetwork = "10.7.1.0/24" },
            ],
            PodNetwork = "10.1.0.0/16",
            ServiceNetwork = "10.1.128.0/20",
            NodeLoss = NodeLossTimings.Fast with { GracePeriod = TimeSpan.FromSeconds(4) },
            SnapshotsKept = 0,
            Programs = ProgramSource.Packages,
            Repository = null,
        };

        Snapshot.Verify(string.Join('\n', KubernetesClusterValidator.Validate(bad)) + "\n");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Even_numbers_of_control_planes_are_refused(int controlPlanes)
    {
        var spec = ClusterExamples.Production with
        {
            Nodes =
            [
                ClusterExamples.Worker(1),
                .. Enumerable.Range(1, controlPlanes).Select(n => new KubernetesNodeSpec
                {
                    Name = $"gov-cp-{n}",
                    Role = KubernetesRole.ControlPlane,
                    Address = $"10.1.0.1{n}",
                    PodNetwork = $"10.2.{n}.0/24",
                }),
            ],
        };

        var problem = Assert.Single(KubernetesClusterValidator.Validate(spec));
        Assert.Contains("use 1, 3 or 5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_cannot_be_built()
    {
        var problem = Assert.Single(KubernetesClusterValidator.Validate(ClusterExamples.Lab with { Version = "1.34.2" }));
        Assert.Contains("cannot be built from Debian's source", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_of_another_version_are_refused()
    {
        var spec = ClusterExamples.Production with { Repository = ClusterExamples.Production.Repository! with { Version = "1.33.2-1.1" } };
        Assert.Equal("repository.version", Assert.Single(KubernetesClusterValidator.Validate(spec)).Path);
    }

    [Theory]
    [InlineData("1.20.2", "19 20", 18)]
    [InlineData("1.27.9", "26 27", 25)]
    [InlineData("1.28.0", "27 28", 25)]
    [InlineData("1.34.2", "33 34", 31)]
    public void A_version_follows_the_minor_version_before_it_and_knows_the_oldest_kubelet_it_speaks_to(string version, string before, int oldest)
    {
        var found = KubernetesVersion.TryParse(version)!;

        Assert.Equal((before, oldest), (string.Join(' ', found.MinorsBefore), found.OldestKubelet));
    }

    [Theory]
    [InlineData("1.20.2", "policy/v1beta1", "autoscaling/v2beta2", "batch/v1beta1", "kubeadm.k8s.io/v1beta2")]
    [InlineData("1.22.0", "policy/v1", "autoscaling/v2beta2", "batch/v1", "kubeadm.k8s.io/v1beta3")]
    [InlineData("1.34.2", "policy/v1", "autoscaling/v2", "batch/v1", "kubeadm.k8s.io/v1beta4")]
    public void Api_versions_follow_the_cluster(string version, string policy, string autoscaling, string cronJob, string kubeadm)
    {
        var found = KubernetesVersion.TryParse(version)!;
        Assert.Equal((policy, autoscaling, cronJob, kubeadm), (found.PolicyApi, found.AutoscalingApi, found.CronJobApi, found.KubeadmApi));
    }
}
