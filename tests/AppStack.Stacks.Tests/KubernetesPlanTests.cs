using System.Net;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Tests;

public sealed class KubernetesPlanTests
{
    private static readonly EnvironmentSpec Production = EnvironmentFiles.Find(RepositoryFiles.Of(), "prod.example").Read();

    private const string Cluster = """
        name: small
        lab: { host: [10.1.0.1] }
        sites: [{ name: here, racks: [r1, r2] }]
        networks: [{ name: rack, v4: 10.1.0.0/24 }]
        nodes:
          - { cluster: gov, role: control-plane, seq: 1, site: here, rack: r1, addresses: [10.1.0.11] }
          - { cluster: gov, role: worker, seq: 3, site: here, rack: r2, addresses: [10.1.0.33], pool: web, labels: [disk=ssd], taints: ["dedicated=web:NoSchedule"] }
        clusters:
          - { name: gov, version: "1.20.2", podNetwork: 10.2.0.0/20, serviceNetwork: 10.3.0.0/20, nodeLoss: fast }

        """;

    [Fact]
    public void Of_OneControlPlane_IsReachedItself()
    {
        var cluster = Assert.Single(Plan(Cluster).Clusters);

        Assert.Equal("10.1.0.11:6443", $"{cluster.ApiAddress}:{cluster.ApiPort}");
        Assert.Equal(NodeLossTimings.Fast, cluster.NodeLoss);
        Assert.True(cluster.Lab);
        Assert.Equal(["10.1.0.0/24"], cluster.NodeNetworks.ToArray());
        Assert.Equal(["gov-cp-1 10.2.0.0/24", "gov-worker-3 10.2.5.0/24"], cluster.Nodes.Select(node => $"{node.Name} {node.PodNetwork}"));
    }

    [Fact]
    public void Of_NodeOfAPool_HasItsLabelsAndThoseOfItsPlace()
    {
        var worker = Assert.Single(Plan(Cluster).Clusters).Workers.Single();

        Assert.Equal(
            ["appstack.dev/pool=web", "disk=ssd", "topology.kubernetes.io/region=here", "topology.kubernetes.io/zone=here-r2"],
            worker.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Equal(["dedicated=web:NoSchedule"], worker.Taints.ToArray());
    }

    [Fact]
    public void Of_Production_ApisAreBehindTheLoadBalancersAndCheckedForReadiness()
    {
        var plan = PlatformPlan.Of(Production);

        Assert.Equal(["192.0.2.30", "192.0.2.40"], plan.Clusters.Select(cluster => cluster.ApiAddress));
        Assert.All(plan.LoadBalancers, group =>
        {
            var service = group.Services.Single(found => found.Name == "gov-api");
            Assert.Equal(("gov-api", 6443), (service.Vip, service.Port));
            var pool = group.Pools.Single(found => found.Name == service.Pool);
            Assert.Equal(["gov-cp-1", "gov-cp-2", "gov-cp-3"], pool.Members.Select(member => member.Name));
            Assert.True(pool.Check is { Tls: true, HttpPath: "/readyz" } && !pool.ProxyProtocol);
        });
        Assert.Equal("1.34.2-1.1", plan.Clusters[0].Repository!.Version);
        Assert.Equal("registry.example.org/kubernetes", plan.Clusters[0].ImageRepository);
    }

    [Fact]
    public void Of_NamespacesOfADescriptor_HaveTheirRulesAndDefaults()
    {
        var plan = Plan(Cluster.Replace("nodeLoss: fast", "namespaces: [{ name: taxes, team: taxes-team, cores: 8, from: [10.9.0.0/24] }]", StringComparison.Ordinal));

        var found = Assert.Single(Assert.Single(plan.ClusterPolicies).Namespaces);
        Assert.Equal(("taxes", "taxes-team", 8, 2048, 50), (found.Name, found.Team, found.Cores, found.MemoryMiB, found.Pods));
        Assert.Equal(["10.9.0.0/24"], found.From.ToArray());
        Assert.Empty(plan.Ingresses);
    }

    [Fact]
    public void Of_Local_TheIngressIsInANamespaceThatLoadBalancersReachAndAServiceStandsBehindIt()
    {
        var plan = PlatformPlan.Of(EnvironmentFiles.Find(RepositoryFiles.Of(), "local").Read());

        var ingress = plan.Ingresses["gov"];
        Assert.Equal((IngressControllerKind.DebianNginx, 30080, 30443, 1), (ingress.Controller, ingress.HttpPort, ingress.HttpsPort, ingress.Workers));
        Assert.Equal("appstack.local/web:v1", plan.Welcomes["gov"].Image);
        var rules = Assert.Single(plan.ClusterPolicies).Namespaces;
        Assert.Equal(["ingress", "welcome"], rules.Select(found => found.Name));
        Assert.Equal("10.87.0.0/24", Assert.Single(rules[0].From));
        Assert.Empty(rules[1].From);
    }

    [Fact]
    public void Of_Production_FrontendsLeadToTheIngressAndNothingOfOursStandsBehindIt()
    {
        var plan = PlatformPlan.Of(Production);

        Assert.Empty(plan.Welcomes);
        Assert.Equal(["gov", "reg"], plan.Ingresses.Keys);
        Assert.All(plan.LoadBalancers, group => Assert.Equal(
            [("gov-http", 30080, false), ("gov-https", 30443, true), ("reg-https", 30443, true)],
            group.Pools.Where(pool => pool.ProxyProtocol).Select(pool => (pool.Name, pool.Port, pool.Check!.Tls))));
    }

    [Theory]
    [InlineData("10.2.0.0/16", NodeRole.ControlPlane, 1, "10.2.0.0/24")]
    [InlineData("10.2.0.0/16", NodeRole.Worker, 1, "10.2.1.0/24")]
    [InlineData("10.2.0.0/16", NodeRole.Worker, 128, "10.2.255.0/24")]
    [InlineData("10.2.0.0/16", NodeRole.ControlPlane, 129, null)]
    [InlineData("10.2.0.0/24", NodeRole.ControlPlane, 1, "10.2.0.0/24")]
    [InlineData("10.2.0.0/24", NodeRole.Worker, 1, null)]
    [InlineData("10.2.0.0/25", NodeRole.ControlPlane, 1, null)]
    [InlineData("10.0.0.0/8", NodeRole.Worker, 999, "10.7.205.0/24")]
    public void PodsOf_ANodesNumber_IsItsPartOfThePodNetwork(string pods, NodeRole role, int seq, string? expected) =>
        Assert.Equal(expected, KubernetesPlan.PodsOf(IPNetwork.Parse(pods), role, seq)?.ToString());

    [Theory]
    [InlineData("podNetwork: 10.2.0.0/20", "podNetwork: 10.2.0.0/22", "7:35: nodes[1].seq: the pod network 10.2.0.0/22 of gov has no /24 left for a node with the number 3")]
    [InlineData("nodeLoss: fast", "apiVip: api", "9:91: clusters[0].apiVip: there is no virtual address 'api'")]
    [InlineData("version: \"1.20.2\"", "version: \"1.20\"", "9:27: clusters[0].version: '1.20' is not written as it must be")]
    [InlineData("version: \"1.20.2\"", "version: \"1.21.0\"", "9:5: gov.version: 1.21.0 cannot be built from Debian's source, which is 1.20.2")]
    [InlineData("nodeLoss: fast", "namespaces: [{ name: kube-x }]", "9:5: gov.namespaces[0].name: 'kube-x' is Kubernetes' own")]
    [InlineData("nodeLoss: fast", "namespaces: [{ name: a, podSecurity: baseline }]", "9:5: gov.namespaces[0].podSecurity: baseline is not known to Kubernetes 1.20.2")]
    [InlineData("nodeLoss: fast", "namespaces: [{ name: a }, { name: a }]", "9:119: clusters[0].namespaces[1].name: the namespace 'a' occurs twice")]
    [InlineData("nodeLoss: fast", "ingress: { controller: ingress-nginx }", "9:5: gov.ingress.version: ingress-nginx 4.15.1 was made for Kubernetes 1.31 to 1.35, not 1.20.2")]
    [InlineData("nodeLoss: fast", "ingress: { http: 8080 }", "9:108: clusters[0].ingress.http: 8080 is out of range")]
    [InlineData("nodeLoss: fast", "ingress: { http: 30443 }", "9:5: gov.ingress.ports: the port '30443' is given 2 times")]
    [InlineData("nodeLoss: fast", "networking: calico", "9:5: gov.networking: Calico is not installed by this version")]
    [InlineData("taints: [\"dedicated=web:NoSchedule\"]", "taints: [\"dedicated=web\"]", "7:129: nodes[1].taints[0]: 'dedicated=web' is not written as it must be")]
    [InlineData("cluster: gov, role: worker", "cluster: gov, role: backend", "7:90: nodes[1].pool: a node with the role backend is not a node of Kubernetes and has no pool")]
    public void Read_WhatNoClusterCanHave_IsRefusedWithItsPlace(string from, string to, string expected)
    {
        Assert.Contains(from, Cluster, StringComparison.Ordinal);

        var exception = Assert.Throws<DescriptorException>(() => Plan(Cluster.Replace(from, to, StringComparison.Ordinal)));

        Assert.Contains($"small.yaml:{expected}", exception.Message, StringComparison.Ordinal);
    }

    private static PlatformPlan Plan(string text)
    {
        var environment = EnvironmentReader.Read(new StringReader(text), "small", "small.yaml");
        return PlatformPlan.Of(environment).ThrowIfWrong(environment, RepositoryFiles.Of());
    }
}
