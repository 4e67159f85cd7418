using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Tests;

public sealed class PlatformPlanTests
{
    private static readonly EnvironmentSpec Local = EnvironmentFiles.Find(RepositoryFiles.Of(), "local").Read();
    private static readonly EnvironmentSpec Edge = EnvironmentFiles.Find(RepositoryFiles.Of(), "edge").Read();
    private static readonly EnvironmentSpec Production = EnvironmentFiles.Find(RepositoryFiles.Of(), "prod.example").Read();

    [Theory]
    [InlineData("local")]
    [InlineData("edge")]
    [InlineData("prod.example")]
    public void Of_CheckedInEnvironment_IsWhatComponentsAccept(string name)
    {
        var environment = EnvironmentFiles.Find(RepositoryFiles.Of(), name).Read();

        PlatformPlan.Of(environment).ThrowIfWrong(environment, RepositoryFiles.Of());
    }

    [Fact]
    public void ThrowIfWrong_WhatOneNodesComponentRefuses_NamesTheLineOfTheNode()
    {
        var plan = PlatformPlan.Of(Edge);
        var broken = plan with { Backends = plan.Backends.SetItem("web-backend-2", plan.Backends["web-backend-2"] with { Port = 0 }) };

        var problem = Assert.Single(Assert.Throws<DescriptorException>(() => broken.ThrowIfWrong(Edge, RepositoryFiles.Of())).Problems, found => found.Path.StartsWith("web-backend-2", StringComparison.Ordinal));
        var lines = File.ReadAllLines(EnvironmentFiles.Find(RepositoryFiles.Of(), "edge").Path);
        Assert.Contains("cluster: web,    role: backend,       seq: 2", lines[problem.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Local_TheHostReachesVipsThroughTheClientsNetwork()
    {
        var lab = PlatformPlan.Of(Local).Lab!;

        var city = lab.Networks.Single(network => network.Name == "city");
        Assert.Equal(["10.87.1.1/24", "fd8a:51c0:87:1::1/64"], city.HostAddresses.ToArray());
        Assert.Equal(["10.87.100.0/24 10.87.1.254", "fd8a:51c0:87:100::/64 fd8a:51c0:87:1::fe"], city.Routes.Select(route => $"{route.Destination} {route.Gateway}"));
        Assert.Empty(lab.Networks.Single(network => network.Name == "rack").Routes);
    }

    [Fact]
    public void Of_Local_MachinesLeaveThroughTheRouter()
    {
        var lab = PlatformPlan.Of(Local).Lab!;

        var loadBalancer = lab.Machines.Single(machine => machine.Name == "edge-lb-1");
        Assert.Equal(["default 10.87.0.254", "default fd8a:51c0:87::fe"], loadBalancer.Routes.Select(route => $"{route.Destination} {route.Gateway}"));
        Assert.Empty(lab.Machines.Single(machine => machine.Name == "fabric-router-1").Routes);
    }

    [Fact]
    public void Of_Local_RouterAndLoadBalancersAreEachOthersNeighbours()
    {
        var plan = PlatformPlan.Of(Local);

        var router = plan.Routers["fabric-router-1"];
        var group = Assert.Single(plan.LoadBalancers);
        Assert.Equal("eth0", router.Interface);
        Assert.Equal(group.Nodes.Select(node => (node.Name, node.Ipv4)), router.Neighbors.Select(neighbour => (neighbour.Name, neighbour.Ipv4)));
        Assert.Equal((router.Name, router.Ipv4, router.Asn), group.Routers.Select(neighbour => (neighbour.Name, neighbour.Ipv4, neighbour.Asn)).Single());
    }

    [Fact]
    public void Of_LabsOnThisMachine_ProxyProtocolIsTheSameAtBothEnds()
    {
        var (local, edge) = (PlatformPlan.Of(Local), PlatformPlan.Of(Edge));

        Assert.All([.. local.LoadBalancers[0].Pools, .. edge.LoadBalancers[0].Pools], pool => Assert.True(pool.ProxyProtocol));
        Assert.All(edge.Backends.Values, backend => Assert.True(backend.ProxyProtocol));
    }

    [Fact]
    public void Of_Production_OneGroupInEachSiteWithItsOwnRouters()
    {
        var plan = PlatformPlan.Of(Production);

        Assert.Equal(["edge-ath", "edge-skg"], plan.LoadBalancers.Select(group => group.Name));
        Assert.Equal(["leaf-ath-1", "leaf-ath-2"], plan.LoadBalancers[0].Routers.Select(router => router.Name));
        Assert.Equal(["edge-lb-3", "edge-lb-4"], plan.LoadBalancers[1].Nodes.Select(node => node.Name));
        Assert.Null(plan.Lab);
    }
}
