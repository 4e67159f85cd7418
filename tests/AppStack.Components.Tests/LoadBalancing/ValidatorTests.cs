using System.Collections.Immutable;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Testing;

namespace AppStack.Components.Tests.LoadBalancing;

public sealed class ValidatorTests
{
    [Fact]
    public void Examples_are_valid()
    {
        Assert.Empty(LoadBalancerGroupValidator.Validate(EdgeExamples.Group));
        Assert.Empty(LoadBalancerGroupValidator.Validate(EdgeExamples.Single));
        Assert.Empty(BgpRouterValidator.Validate(EdgeExamples.Router));
        Assert.Empty(WebBackendValidator.Validate(EdgeExamples.Web));
    }

    [Fact]
    public void Everything_wrong_at_once_is_listed_at_once()
    {
        var bad = new LoadBalancerGroupSpec
        {
            Name = "Edge!",
            Asn = 4294967295,
            Nodes = [new() { Name = "lb", Ipv4 = "10.1.0.300" }, new() { Name = "lb", Ipv4 = "10.1.0.22", Ipv6 = "10.1.0.22", ManagementAddress = "mgmt" }],
            Routers = [new() { Name = "r", Asn = 0, Ipv4 = "10.1.0.254" }],
            VipPrefixes = ["10.1.100.7/24"],
            Vips = [new() { Name = "city", Ipv4 = "10.9.100.1", Ipv6 = "fd00::1" }, new() { Name = "city", Ipv4 = "10.9.100.1" }],
            Services = [new() { Name = "http", Vip = "town", Port = 70000, Pool = "none" }, new() { Name = "metrics", Vip = "city", Port = 22, Pool = "web" }],
            Pools =
            [
                new() { Name = "web", Port = 0, Members = [], Check = null },
                new()
                {
                    Name = "api",
                    Port = 8080,
                    Members = [new() { Name = "a", Address = "x", ExpectsProxyProtocol = false }, new() { Name = "a", Address = "10.1.0.31", ExpectsProxyProtocol = true }],
                    Check = new() { HttpPath = "health", Interval = TimeSpan.Zero, Fall = 0 },
                },
            ],
            Access = new() { ManagementNetworks = [] },
            Timers = new() { HoldTime = TimeSpan.FromSeconds(1), KeepaliveTime = TimeSpan.FromSeconds(1) },
            Bfd = new() { Interval = TimeSpan.FromSeconds(1), Multiplier = 1 },
            HAProxy = new() { MaxConnections = 1, Threads = 0, Retries = -1 },
            DrainTimeout = TimeSpan.Zero,
        };

        Snapshot.Verify(string.Join('\n', LoadBalancerGroupValidator.Validate(bad)) + "\n");
    }

    [Fact]
    public void Everything_wrong_with_a_router_is_listed_at_once()
    {
        var bad = EdgeExamples.Router with { Name = "", Ipv4 = "::1", Ipv6 = null, Asn = -1, Neighbors = [], MaximumPaths = 0 };

        Snapshot.Verify(string.Join('\n', BgpRouterValidator.Validate(bad)) + "\n");
    }

    [Fact]
    public void Everything_wrong_with_a_backend_is_listed_at_once()
    {
        var bad = EdgeExamples.Web with { Name = "Web", Port = 99999, DirectPort = 99999, DirectNetworks = [], LoadBalancerNetworks = ["10.0.0.1/8"] };

        Snapshot.Verify(string.Join('\n', WebBackendValidator.Validate(bad)) + "\n");
    }

    [Fact]
    public void Bfd_slower_than_the_hold_time_is_refused()
    {
        var problem = Assert.Single(LoadBalancerGroupValidator.Validate(EdgeExamples.Group with { Bfd = new() { Interval = TimeSpan.FromSeconds(3), Multiplier = 3 } }));

        Assert.Equal("bfd", problem.Path);
        Assert.Contains("no faster than the hold time of 9 s", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, "does not expect the PROXY protocol")]
    [InlineData(false, true, "expects the PROXY protocol")]
    [InlineData(true, true, null)]
    [InlineData(false, false, null)]
    [InlineData(true, null, null)]
    public void Proxy_protocol_on_one_end_only_is_refused(bool pool, bool? member, string? message)
    {
        var group = EdgeExamples.Single with
        {
            Pools = [EdgeExamples.Group.Pools[0] with { ProxyProtocol = pool, Members = [new() { Name = "web-1", Address = "10.1.0.31", ExpectsProxyProtocol = member }] }],
        };

        var problems = LoadBalancerGroupValidator.Validate(group);

        Assert.Equal(message is null ? 0 : 1, problems.Count);
        Assert.All(problems, p => Assert.Contains(message!, p.Message, StringComparison.Ordinal));
        Assert.All(problems, p => Assert.Equal("pools[0].members[0].expectsProxyProtocol", p.Path));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(23456, false)]
    [InlineData(65535, false)]
    [InlineData(4200000000, true)]
    [InlineData(4294967294, true)]
    [InlineData(4294967295, false)]
    public void Asn_must_be_in_range(long asn, bool valid) => Assert.Equal(valid, LoadBalancerGroupValidator.Validate(EdgeExamples.Group with { Asn = asn }).Count == 0);

    [Theory]
    [InlineData("10.1.100.0", true)]
    [InlineData("10.1.100.255", true)]
    [InlineData("10.1.99.255", false)]
    [InlineData("10.1.101.0", false)]
    public void Vip_must_lie_in_an_announced_prefix(string vip, bool valid)
    {
        var problems = LoadBalancerGroupValidator.Validate(EdgeExamples.Single with { Vips = [new() { Name = "city", Ipv4 = vip }] });

        Assert.Equal(valid, problems.Count == 0);
        Assert.All(problems, p => Assert.Equal("vips[0].ipv4", p.Path));
    }

    [Fact]
    public void Ipv6_vip_needs_ipv6_on_every_node_and_router()
    {
        var group = EdgeExamples.Single with { Vips = EdgeExamples.Group.Vips };

        Assert.Equal(["nodes[0].ipv6", "routers[0].ipv6"], LoadBalancerGroupValidator.Validate(group).Select(p => p.Path));
    }

    // A validator that accepts a group must not leave surprises to the renderers: all groups of a small grid either have
    // problems or render.
    [Fact]
    public void What_the_validator_accepts_renders()
    {
        var rendered = 0;
        foreach (var nodes in Enumerable.Range(0, 4))
        {
            foreach (var ipv6 in new[] { false, true })
            {
                foreach (var proxy in new[] { false, true })
                {
                    foreach (var secondChance in new[] { false, true })
                    {
                        foreach (var path in new[] { null, "/health", "health" })
                        {
                            var group = EdgeExamples.Group with
                            {
                                Nodes = [.. Enumerable.Range(1, nodes).Select(n => new LoadBalancerNodeSpec { Name = $"lb-{n}", Ipv4 = $"10.1.0.{20 + n}", Ipv6 = ipv6 ? $"fd00:1::{20 + n}" : null })],
                                Vips = [new() { Name = "city", Ipv4 = "10.1.100.1", Ipv6 = ipv6 ? "fd00:1:100::1" : null }],
                                Pools = [.. EdgeExamples.Group.Pools.Select(p => p with { ProxyProtocol = proxy, Check = new() { HttpPath = path } })],
                                SecondChance = secondChance,
                            };
                            if (LoadBalancerGroupValidator.Validate(group).Count > 0)
                            {
                                continue;
                            }

                            foreach (var node in group.Nodes)
                            {
                                Assert.NotEmpty(Components.Nodes.Bundles.BundleRenderer.Payload(LoadBalancerRenderer.Bundle(group, node)));
                                rendered++;
                            }
                        }
                    }
                }
            }
        }

        Assert.Equal((1 + 2 + 3) * 2 * 2 * 2 * 2, rendered);
    }
}
