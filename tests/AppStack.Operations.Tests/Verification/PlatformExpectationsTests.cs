using System.Net;
using System.Runtime.CompilerServices;
using AppStack.Operations.Benchmarks;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class PlatformExpectationsTests
{
    private static readonly IReadOnlyList<NodeExpectation> Nodes =
        PlatformExpectations.From(EnvironmentReader.Read(new StringReader(BenchDescriptor.Render(4000)), BenchDescriptor.Name, "bench.yaml"));

    [Fact]
    public void A_router_expects_every_load_balancer_as_neighbour_and_next_hop()
    {
        var router = Nodes.Single(node => node.Role == NodeRole.Router);

        Assert.Equal(8, router.Neighbours.Count);
        Assert.Equal(router.Neighbours, router.NextHops);
        Assert.Equal([IPAddress.Parse("10.86.100.1"), IPAddress.Parse("fd8a:51c0:86:100::1")], router.VirtualAddresses);
    }

    [Fact]
    public void A_load_balancer_expects_its_routers_and_holds_the_virtual_addresses()
    {
        var balancer = Nodes.First(node => node.Role == NodeRole.LoadBalancer);

        Assert.Equal("fabric-router-1", Assert.Single(balancer.Neighbours).Name);
        Assert.Equal(2, balancer.VirtualAddresses.Count);
        Assert.Contains("haproxy", balancer.Units);
    }

    [Fact]
    public void A_monitoring_node_expects_all_that_nodes_show()
    {
        var nodes = PlatformExpectations.From(EnvironmentReader.ReadFile(Local()));
        var monitoring = nodes.Single(node => node.Role == NodeRole.Monitoring).Monitoring!;

        Assert.Equal("http://10.87.0.61:9090/", monitoring.Prometheus);
        Assert.Contains(("haproxy", "edge-lb-2"), monitoring.Targets);
        Assert.Contains("prometheus-bird-exporter", nodes.Single(node => node.Name == "edge-lb-1").Units);
        Assert.Contains("prometheus-exporter-exporter", nodes.Single(node => node.Name == "gov-worker-1").Units);
        Assert.DoesNotContain(nodes.Single(node => node.Role == NodeRole.Client).Units, unit => unit.Contains("exporter", StringComparison.Ordinal));
        Assert.All(nodes.Where(node => node.Role != NodeRole.Monitoring), node => Assert.Null(node.Monitoring));
    }

    [Fact]
    public void Unsafe_versions_are_off_where_no_drill_may_break_things()
    {
        var local = EnvironmentReader.ReadFile(Local());

        Assert.All(PlatformExpectations.From(local), node => Assert.False(node.Production));
        Assert.All(PlatformExpectations.From(local with { DrillsWelcome = false }), node => Assert.True(node.Production));
    }

    [Fact]
    public void A_pooler_is_tried_at_both_endpoints_of_every_service_at_its_own_address()
    {
        var local = EnvironmentReader.ReadFile(Local());
        var pooler = PlatformExpectations.From(local).Single(node => node.Name == "main-pooler-2");

        Assert.Equal(["10.87.0.47:6432 dilosi", "10.87.0.47:6432 dilosi_ro"], pooler.Endpoints.Select(endpoint => $"{endpoint.Address} {endpoint.Name}"));
    }

    private static string Local([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../stacks/environments/local.yaml");

    [Fact]
    public void A_backend_expects_its_units_only()
    {
        var backend = Nodes.Single(node => node.Role == NodeRole.Backend);

        Assert.Contains("nginx", backend.Units);
        Assert.Empty(backend.Neighbours);
        Assert.Empty(backend.Frontends);
    }
}
