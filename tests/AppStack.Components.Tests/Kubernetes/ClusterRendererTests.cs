using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Cluster.Rendering;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes;

public sealed class ClusterRendererTests
{
    private static readonly KubernetesClusterSpec Lab = ClusterExamples.Lab;
    private static readonly KubernetesClusterSpec Production = ClusterExamples.Production;

    [Fact]
    public void Kubeadm_in_a_lab() => Snapshot.Verify(KubeadmRenderer.Render(Lab, Lab.Nodes[0], ClusterExamples.Secrets), "yaml");

    [Fact]
    public void Kubeadm_of_three_control_planes() => Snapshot.Verify(KubeadmRenderer.Render(Production, Production.Nodes[0], ClusterExamples.Secrets), "yaml");

    [Fact]
    public void Containerd_in_a_lab() => Snapshot.Verify(ContainerdRenderer.Render(Lab), "toml");

    [Fact]
    public void Kubelet_in_a_lab() => Snapshot.Verify(KubeletRenderer.Render(Lab), "yaml");

    [Fact]
    public void Kubelet_in_production() => Snapshot.Verify(KubeletRenderer.Render(Production), "yaml");

    [Fact]
    public void Pod_network() => Snapshot.Verify(
        PodNetworkRenderer.RenderCni(Lab.Nodes[1]) + PodNetworkRenderer.RenderRoutes(Lab, Lab.Nodes[1]) + PodNetworkRenderer.RenderFilter(Lab), "txt");

    [Fact]
    public void Addons_in_a_lab() => Snapshot.Verify(AddonsRenderer.Render(Lab), "yaml");

    [Fact]
    public void Addons_without_pod_security_policies()
        => Assert.DoesNotContain("PodSecurityPolicy", AddonsRenderer.Render(Production), StringComparison.Ordinal);

    [Fact]
    public void Firewall_of_a_control_plane() => Snapshot.Verify(FileOf(Production, Production.Nodes[0], FirewallRenderer.Path), "nft");

    [Fact]
    public void Firewall_of_a_worker() => Snapshot.Verify(FileOf(Lab, Lab.Nodes[1], FirewallRenderer.Path), "nft");

    [Fact]
    public void Bundles_are_valid()
    {
        foreach (var node in Production.Nodes)
        {
            Assert.Empty(BundleValidator.Validate(NodeBundleRenderer.Render(Production, node, ClusterExamples.Secrets)));
            Assert.Empty(BundleValidator.Validate(ReleaseBundleRenderer.Render(Production, node, ClusterExamples.Secrets)));
        }
    }

    [Fact]
    public void Workers_get_no_secrets()
    {
        Bundle[] bundles = [NodeBundleRenderer.Render(Lab, Lab.Nodes[1], ClusterExamples.Secrets), ReleaseBundleRenderer.Render(Lab, Lab.Nodes[1], ClusterExamples.Secrets)];

        Assert.All(bundles, bundle => Assert.False(bundle.HasSecrets));
        Assert.DoesNotContain(bundles.SelectMany(bundle => bundle.Files), file => file.Content.Contains(ClusterExamples.Secrets.EncryptionKey, StringComparison.Ordinal)
            || file.Content.Contains(ClusterExamples.Secrets.CertificateKey, StringComparison.Ordinal));
    }

    [Fact]
    public void An_upgrade_changes_what_comes_with_a_version_and_nothing_else()
    {
        var upgraded = Production with { Version = "1.34.3", Repository = Production.Repository! with { Version = "1.34.3-1.1" } };
        foreach (var node in Production.Nodes)
        {
            Assert.Equal(Text(NodeBundleRenderer.Render(Production, node, ClusterExamples.Secrets)), Text(NodeBundleRenderer.Render(upgraded, node, ClusterExamples.Secrets)));
            Assert.NotEqual(Text(ReleaseBundleRenderer.Render(Production, node, ClusterExamples.Secrets)), Text(ReleaseBundleRenderer.Render(upgraded, node, ClusterExamples.Secrets)));
        }

        static string Text(Bundle bundle) => BundleRenderer.Payload(bundle, "disk");
    }

    [Fact]
    public void Release_in_a_lab() => Snapshot.Verify(ReleaseBundleRenderer.Render(Lab, Lab.Nodes[1], ClusterExamples.Secrets).Files.Single().Content, "env");

    [Fact]
    public void Release_of_another_patch_version_in_a_lab()
        => Snapshot.Verify(ReleaseBundleRenderer.Render(Lab with { Version = "1.20.3" }, Lab.Nodes[1], ClusterExamples.Secrets).Files.Single().Content, "env");

    [Fact]
    public void A_new_worker_changes_of_the_others_only_the_lists_that_name_it()
    {
        var grown = Lab with { Nodes = Lab.Nodes.Add(ClusterExamples.Worker(3)) };
        foreach (var node in Lab.Nodes)
        {
            var before = NodeBundleRenderer.Render(Lab, node, ClusterExamples.Secrets).Files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);
            var changed = NodeBundleRenderer.Render(grown, node, ClusterExamples.Secrets).Files
                .Where(file => before.GetValueOrDefault(file.Path) != file.Content).Select(file => file.Path).Order(StringComparer.Ordinal);
            string[] lists = ["/etc/appstack/kubernetes/hosts", .. node.Role == KubernetesRole.ControlPlane ? ["/etc/appstack/kubernetes/nodes/gov-worker-3"] : Array.Empty<string>(), PodNetworkRenderer.RoutesPath];
            Assert.Equal(lists, changed);
        }
    }

    [Fact]
    public void A_kubeconfig_of_another_cluster_is_refused()
    {
        const string Config = """{"clusters":[{"name":"other","cluster":{"server":"https://x:6443"}}]}""";
        Assert.Contains("'other'", Assert.Throws<FormatException>(() => KubeconfigEditor.PointTo(Config, Lab)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => KubeconfigEditor.PointTo("secret", Lab)).Message, StringComparison.Ordinal);
        Assert.Contains("https://10.1.0.11:6443", KubeconfigEditor.PointTo(Config.Replace("other", "gov", StringComparison.Ordinal), Lab), StringComparison.Ordinal);
    }

    private static string FileOf(KubernetesClusterSpec spec, KubernetesNodeSpec node, string path)
        => NodeBundleRenderer.Render(spec, node, ClusterExamples.Secrets).Files.Single(file => file.Path == path).Content;
}
