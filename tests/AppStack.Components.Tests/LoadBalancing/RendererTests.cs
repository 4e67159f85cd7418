using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Bird;
using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;
using AppStack.Testing;

namespace AppStack.Components.Tests.LoadBalancing;

public sealed class RendererTests
{
    [Fact]
    public void Bird_of_a_router() => Snapshot.Verify(BirdRenderer.Router(EdgeExamples.Router), "conf");

    [Fact]
    public void Bird_of_a_load_balancer() => Snapshot.Verify(BirdRenderer.LoadBalancer(EdgeExamples.Group, EdgeExamples.Group.Nodes[0]), "conf");

    [Fact]
    public void Bird_without_bfd_and_ipv6()
        => Snapshot.Verify(BirdRenderer.LoadBalancer(EdgeExamples.Single with { Bfd = new() { Enabled = false } }, EdgeExamples.Single.Nodes[0]), "conf");

    [Fact]
    public void HAProxy_of_a_load_balancer() => Snapshot.Verify(HAProxyRenderer.Render(EdgeExamples.Group, EdgeExamples.Group.Nodes[0]), "cfg");

    [Fact]
    public void HAProxy_listens_for_metrics_on_the_management_address()
    {
        var text = HAProxyRenderer.Render(EdgeExamples.Group, EdgeExamples.Group.Nodes[0] with { ManagementAddress = "fd00:9::21" });

        Assert.Contains("bind [fd00:9::21]:9101\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nginx_of_a_web_backend() => Snapshot.Verify(NginxRenderer.Render(EdgeExamples.Web), "conf");

    [Fact]
    public void Vip_script() => Snapshot.Verify(VipScriptRenderer.Render(EdgeExamples.Group, EdgeExamples.Group.Nodes[1]), "sh");

    [Fact]
    public void Firewall_of_a_load_balancer()
        => Snapshot.Verify(FirewallRenderer.Render(LoadBalancerRenderer.Firewall(EdgeExamples.Group, EdgeExamples.Group.Nodes[0])), "nft");

    [Fact]
    public void Firewall_of_four_load_balancers_counts_the_hops()
    {
        var group = EdgeExamples.Group with
        {
            Nodes = [.. EdgeExamples.Group.Nodes, new() { Name = "lb-3", Ipv4 = "10.1.0.23", Ipv6 = "fd00:1::23" }, new() { Name = "lb-4", Ipv4 = "10.1.0.24", Ipv6 = "fd00:1::24" }],
        };

        Snapshot.Verify(FirewallRenderer.Render(LoadBalancerRenderer.Firewall(group, group.Nodes[3])), "nft");
    }

    [Fact]
    public void Firewall_of_a_router() => Snapshot.Verify(FileOf(BgpRouterRenderer.Bundle(EdgeExamples.Router), FirewallRenderer.Path), "nft");

    [Fact]
    public void Firewall_of_a_web_backend() => Snapshot.Verify(FileOf(WebBackendRenderer.Bundle(EdgeExamples.Web), FirewallRenderer.Path), "nft");

    [Fact]
    public void Whole_bundle_of_a_load_balancer()
    {
        var bundle = LoadBalancerRenderer.Bundle(EdgeExamples.Group, EdgeExamples.Group.Nodes[0]);

        // The tool is a file of the repository; here it would only repeat itself.
        Snapshot.Verify(BundleRenderer.Document(bundle with { Files = [.. bundle.Files.Where(f => f.Path != LoadBalancerRenderer.ToolPath || f.Content.Length == 0), Tool] }, "disk-1"));
    }

    [Fact]
    public void Whole_bundle_of_a_router() => Snapshot.Verify(BundleRenderer.Document(BgpRouterRenderer.Bundle(EdgeExamples.Router)));

    [Fact]
    public void Whole_bundle_of_a_web_backend() => Snapshot.Verify(BundleRenderer.Document(WebBackendRenderer.Bundle(EdgeExamples.Web)));

    [Fact]
    public void A_changed_option_changes_its_line_and_nothing_else()
    {
        var before = Document(EdgeExamples.Group).Split('\n');
        var after = Document(EdgeExamples.Group with { HAProxy = new() { Retries = 5 } }).Split('\n');

        var changed = before.Zip(after).Where(p => p.First != p.Second).ToList();
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(("  |    retries 3", "  |    retries 5"), Assert.Single(changed));

        static string Document(LoadBalancerGroupSpec group) => BundleRenderer.Payload(LoadBalancerRenderer.Bundle(group, group.Nodes[0]), "disk-1");
    }

    [Fact]
    public void A_group_of_one_has_no_second_chance()
    {
        var bundle = LoadBalancerRenderer.Bundle(EdgeExamples.Single, EdgeExamples.Single.Nodes[0]);

        Assert.DoesNotContain("net.ipv4.ip_forward", bundle.Sysctls.Keys);
        Assert.DoesNotContain("second_chance", FileOf(bundle, FirewallRenderer.Path), StringComparison.Ordinal);
    }

    private static BundleFile Tool { get; } = new() { Path = LoadBalancerRenderer.ToolPath, Content = "(the tool)\n", Mode = "0755", Group = "agent" };

    private static string FileOf(Bundle bundle, string path) => bundle.Files.Single(f => f.Path == path).Content;
}
