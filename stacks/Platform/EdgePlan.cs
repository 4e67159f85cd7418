using System.Collections.Immutable;
using System.Net;
using AppStack.Components.LoadBalancing;
using AppStack.Components.LoadBalancing.HAProxy;
using AppStack.Components.LoadBalancing.Nginx;
using AppStack.Components.Nodes;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using EdgeVip = AppStack.Components.LoadBalancing.VipSpec;

namespace AppStack.Stacks;

/// <summary>The edge: who speaks BGP to whom, what is announced, and where connections go.</summary>
internal static class EdgePlan
{
    // A check of a server whose state is changing comes this often, unless checks are this frequent anyway.
    private static readonly TimeSpan FastCheck = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>The routers that are nodes of the environment.</summary>
    public static ImmutableSortedDictionary<string, BgpRouterSpec> Routers(EnvironmentSpec environment, EdgeSpec edge) =>
        edge.Bgp.Neighbours.Where(neighbour => neighbour.Node is not null).ToImmutableSortedDictionary(
            neighbour => neighbour.Name,
            neighbour => new BgpRouterSpec
            {
                Name = neighbour.Name,
                Ipv4 = neighbour.V4!.ToString(),
                Ipv6 = neighbour.V6?.ToString(),
                Interface = neighbour.Node!.Interfaces.First(found => neighbour.V4!.Equals(found.V4)).Name,
                Asn = neighbour.Asn,
                Neighbors =
                [
                    .. from node in environment.NodesOf(NodeRole.LoadBalancer)
                    where neighbour.Site is null || neighbour.Site == node.Site
                    let link = Link(node, edge)
                    select new BgpNeighborSpec { Name = node.Name, Asn = edge.Bgp.Asn, Ipv4 = link.V4!.ToString(), Ipv6 = link.V6?.ToString() },
                ],
                VipPrefixes = VipPrefixes(edge),
                Access = Access(environment),
                Timers = Timers(edge),
                Bfd = Bfd(edge),
            },
            StringComparer.Ordinal);

    /// <summary>The load balancers: those of one site stand on one link and are one group.</summary>
    public static ImmutableArray<LoadBalancerGroupSpec> LoadBalancers(EnvironmentSpec environment, EdgeSpec edge)
    {
        var clusters = environment.NodesOf(NodeRole.LoadBalancer).GroupBy(node => node.Cluster, StringComparer.Ordinal);
        return
        [
            .. from cluster in clusters
            let sites = cluster.GroupBy(node => node.Site, StringComparer.Ordinal).ToList()
            from site in sites
            select Group(environment, edge, sites.Count == 1 ? cluster.Key : $"{cluster.Key}-{site.Key}", site.Key, [.. site]),
        ];
    }

    /// <summary>The web servers that stand where NodePorts will be.</summary>
    public static ImmutableSortedDictionary<string, WebBackendSpec> Backends(EnvironmentSpec environment, EdgeSpec edge)
    {
        var loadBalancers = NetworksOf(environment.NodesOf(NodeRole.LoadBalancer).Select(node => Link(node, edge).Network));
        var clients = NetworksOf(environment.NodesOf(NodeRole.Client).SelectMany(node => node.Interfaces).Select(found => found.Network));
        var servers = from backend in edge.Backends
            from node in backend.Servers
            where node.Role == NodeRole.Backend
            select new WebBackendSpec
            {
                Name = node.Name,
                Port = backend.Port,
                ProxyProtocol = backend.ProxyProtocol != ProxyProtocol.Off,
                LoadBalancerNetworks = loadBalancers,
                DirectPort = backend.DirectPort,
                DirectNetworks = backend.DirectPort is null ? [] : clients,
                Workers = Workers(environment),
                Access = Access(environment),
            };
        return servers.ToImmutableSortedDictionary(server => server.Name, server => server, StringComparer.Ordinal);
    }

    private static LoadBalancerGroupSpec Group(EnvironmentSpec environment, EdgeSpec edge, string name, string site, ImmutableArray<NodeSpec> nodes) => new()
    {
        Name = name,
        Nodes =
        [
            .. from node in nodes
            let link = Link(node, edge)
            select new LoadBalancerNodeSpec
            {
                Name = node.Name,
                Ipv4 = link.V4!.ToString(),
                Ipv6 = link.V6?.ToString(),
                Interface = link.Name,
                ManagementAddress = node.Management.ToString(),
            },
        ],
        Asn = edge.Bgp.Asn,
        Routers =
        [
            .. from neighbour in edge.Bgp.Neighbours
            where neighbour.Site is null || neighbour.Site == site
            select new BgpNeighborSpec { Name = neighbour.Name, Asn = neighbour.Asn, Ipv4 = neighbour.V4!.ToString(), Ipv6 = neighbour.V6?.ToString() },
        ],
        VipPrefixes = VipPrefixes(edge),
        Vips = [.. edge.Vips.Select(vip => new EdgeVip { Name = vip.Name, Ipv4 = vip.V4.ToString(), Ipv6 = vip.V6?.ToString() })],
        Services =
        [
            .. edge.Frontends.Select(frontend => new ServiceSpec { Name = frontend.Name, Vip = frontend.Vip.Name, Port = frontend.Port, Pool = frontend.Backend }),
            .. KubernetesPlan.Apis(environment).Select(api => api.Service),
        ],
        Pools = [.. edge.Backends.Select(Pool), .. KubernetesPlan.Apis(environment).Select(api => api.Pool)],
        Access = Access(environment),
        Timers = Timers(edge),
        Bfd = Bfd(edge),
        HAProxy = new HAProxyOptionsSpec { MaxConnections = edge.MaxConnections, Threads = Workers(environment) },
        Rolling = edge.Rollout == RolloutPolicy.OneByOne,
    };

    private static BackendPoolSpec Pool(BackendSpec backend) => new()
    {
        Name = backend.Name,
        Port = backend.Port,
        ProxyProtocol = backend.ProxyProtocol != ProxyProtocol.Off,
        Members =
        [
            .. backend.Servers.Select(node => new BackendMemberSpec
            {
                Name = node.Name,
                Address = node.MainAddress.ToString(),
                ExpectsProxyProtocol = backend.ProxyProtocol != ProxyProtocol.Off,
            }),
        ],
        Check = new BackendCheckSpec
        {
            HttpPath = backend.Check.Path,
            Tls = backend.Check.Tls,
            Interval = backend.Check.Interval,
            FastInterval = Shorter(FastCheck, backend.Check.Interval),
            Timeout = Shorter(CheckTimeout, backend.Check.Interval),
            Fall = backend.Check.Fall,
            Rise = backend.Check.Rise,
        },
    };

    /// <summary>The interface on which a load balancer reaches its routers; its first one when they are in no network of its own.</summary>
    private static InterfaceSpec Link(NodeSpec node, EdgeSpec edge) =>
        node.Interfaces.FirstOrDefault(found => edge.Bgp.Neighbours.Any(neighbour => neighbour.V4 is { } router && found.Network.V4.Contains(router)))
        ?? node.Interfaces[0];

    private static AccessSpec Access(EnvironmentSpec environment) =>
        NodeAccess.Of(environment, node => node.Interfaces.SelectMany(found => new[] { found.V4, found.V6 }));

    // The machines of a lab share the host's cores: more workers would only wait for each other.
    private static int? Workers(EnvironmentSpec environment) => environment.Lab is null ? null : 1;

    private static BgpTimersSpec Timers(EdgeSpec edge) => new() { HoldTime = edge.Bgp.HoldTime, KeepaliveTime = edge.Bgp.Keepalive };

    private static BfdSpec Bfd(EdgeSpec edge) => new() { Interval = edge.Bgp.BfdInterval, Multiplier = edge.Bgp.BfdMultiplier };

    private static ImmutableArray<string> VipPrefixes(EdgeSpec edge) =>
        edge.AnnounceV6 is { } v6 ? [edge.AnnounceV4.ToString(), v6.ToString()] : [edge.AnnounceV4.ToString()];

    private static ImmutableArray<string> NetworksOf(IEnumerable<NetworkSpec> networks) =>
        [.. networks.Distinct().SelectMany(network => new[] { network.V4, network.V6 }).OfType<IPNetwork>().Select(network => network.ToString())];

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
