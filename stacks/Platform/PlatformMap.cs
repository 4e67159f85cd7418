using System.Collections.Immutable;
using AppStack.Components.Lab;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks;

/// <summary>What runs where, in the order of a request's way, and what to try.</summary>
public sealed record PlatformMap
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    // As in the edge component: HAProxy's statistics and metrics.
    private const int StatisticsPort = 9101;

    private static readonly ImmutableArray<NodeRole> Way =
    [
        NodeRole.Client, NodeRole.Router, NodeRole.LoadBalancer, NodeRole.Backend, NodeRole.ControlPlane, NodeRole.Worker,
        NodeRole.Pooler, NodeRole.Database, NodeRole.Witness, NodeRole.Backup, NodeRole.Restore, NodeRole.Registry, NodeRole.Monitoring,
    ];

    /// <summary>The nodes.</summary>
    public required ImmutableArray<PlatformNode> Nodes { get; init; }

    /// <summary>URLs that citizens use.</summary>
    public required ImmutableArray<string> Urls { get; init; }

    /// <summary>Commands to try on this machine; none when the nodes are elsewhere.</summary>
    public required ImmutableArray<PlatformHint> Try { get; init; }

    /// <summary>Draws the map of an environment.</summary>
    public static PlatformMap Of(EnvironmentSpec environment) => new()
    {
        Nodes = [.. environment.Nodes
            .OrderBy(node => Way.IndexOf(node.Role))
            .Select(node => new PlatformNode(node.Name, Runs(environment, node), $"{node.Site} {node.Rack}", Addresses(node)))],
        Urls = [.. environment.Edge?.Frontends.SelectMany(UrlsOf) ?? []],
        Try = environment is { Lab: { } lab, Edge: { } edge } ? [.. Hints(environment, lab, edge)] : [],
    };

    private static string Runs(EnvironmentSpec environment, NodeSpec node) => node.Role switch
    {
        NodeRole.Client => "a citizen's browser",
        NodeRole.Router when environment.Edge?.Bgp.Neighbours.FirstOrDefault(neighbour => neighbour.Node == node) is { } neighbour => $"BIRD, AS {neighbour.Asn}",
        NodeRole.LoadBalancer when environment.Edge is { } edge => $"BIRD, AS {edge.Bgp.Asn}; HAProxy for {string.Join(", ", edge.Vips.Select(vip => vip.Name))}",
        NodeRole.Backend when environment.Edge?.Backends.FirstOrDefault(backend => backend.Servers.Contains(node)) is { } backend => $"nginx, port {backend.Port}",
        NodeRole.ControlPlane when environment.Clusters.FirstOrDefault(found => found.ControlPlanes.Contains(node)) is { } cluster => $"Kubernetes {cluster.Version}, control plane of {cluster.Name}",
        NodeRole.Worker when environment.Clusters.FirstOrDefault(found => found.Workers.Contains(node)) is { } cluster => $"Kubernetes {cluster.Version}, pods of {cluster.Name}",
        NodeRole.Database when environment.Databases.FirstOrDefault(found => found.Servers.Contains(node)) is { } database => $"PostgreSQL {database.Version} of {database.Name}",
        NodeRole.Witness when environment.Databases.FirstOrDefault(found => found.Witnesses.Contains(node)) is { } database => $"votes in {database.Name}",
        NodeRole.Pooler when environment.Databases.FirstOrDefault(found => found.Poolers.Contains(node)) is { } database => $"PgBouncer of {database.Name}",
        NodeRole.Backup when environment.Databases.Where(found => DatabasePlan.Repository(environment, found) == node).Select(found => found.Name).ToList() is { Count: > 0 } clusters =>
            $"pgBackRest for {string.Join(", ", clusters)}",
        NodeRole.Restore => "free for restores",
        NodeRole.Registry => $"images at {RegistryPlan.Of(environment, node).Authority}",
        NodeRole.Monitoring when environment.Monitoring is not null => "Prometheus, Alertmanager",
        _ => "nothing yet",
    };

    private static string Addresses(NodeSpec node) =>
        string.Join(" ", node.Interfaces.SelectMany(found => new[] { found.V4?.ToString(), found.V6?.ToString() }).OfType<string>());

    private static IEnumerable<string> UrlsOf(FrontendSpec frontend)
    {
        var scheme = frontend.Port == HttpsPort ? "https" : "http";
        var port = frontend.Port is HttpPort or HttpsPort ? "" : $":{frontend.Port}";
        yield return $"{scheme}://{frontend.Vip.V4}{port}/";
        if (frontend.Vip.V6 is { } v6)
        {
            yield return $"{scheme}://[{v6}]{port}/";
        }
    }

    private static IEnumerable<PlatformHint> Hints(EnvironmentSpec environment, LabSpec lab, EdgeSpec edge)
    {
        var urls = edge.Frontends.SelectMany(UrlsOf).ToList();
        foreach (var url in urls)
        {
            // The platform's own authority is not one that this host trusts.
            yield return new PlatformHint($"curl {(url.StartsWith("https:", StringComparison.Ordinal) ? "--insecure " : "")}{url}", "the page, through either load balancer");
        }

        if (environment.NodesOf(NodeRole.Client).FirstOrDefault() is { } client && urls.Count > 0)
        {
            yield return new PlatformHint($"ip netns exec {LabPaths.For(lab.Name).NetworkNamespace(client.Name)} curl {urls[0]}", "the same, as a citizen sees it");
        }

        if (environment.NodesOf(NodeRole.LoadBalancer).FirstOrDefault() is { } loadBalancer)
        {
            yield return new PlatformHint($"curl http://{loadBalancer.Management}:{StatisticsPort}/stats", $"HAProxy's statistics on {loadBalancer.Name}");
            yield return new PlatformHint($"ssh -i {LabPaths.For(lab.Name).PrivateKeyFile} -o UserKnownHostsFile={LabPaths.For(lab.Name).KnownHostsFile} {environment.Ssh.User}@{loadBalancer.Management}", $"look around on {loadBalancer.Name}");
        }

        if (MonitoringPlan.Servers(environment) is [{ } server, ..])
        {
            yield return new PlatformHint(MonitoringPlan.Page(server), "dashboards and alerts, in a browser");
        }

        if (!environment.Clusters.IsEmpty && environment.Databases.SelectMany(database => database.Services).FirstOrDefault() is { } own)
        {
            yield return new PlatformHint($"./appstack up {environment.Name}-{own.Name}", $"deploy the service {own.Name}");
        }

        yield return new PlatformHint($"./appstack verify {environment.Name}", "is everything as it should be?");
        if (environment.DrillsWelcome)
        {
            yield return new PlatformHint($"./appstack drill {environment.Name} lb-node-loss", "pull the plug of a load balancer under load");
        }

        if (environment.Databases.FirstOrDefault() is { } cluster)
        {
            yield return new PlatformHint($"./appstack db status {environment.Name} {cluster.Name}", "who leads, who follows");
            if (cluster.Services.FirstOrDefault() is { } service)
            {
                yield return new PlatformHint($"./appstack db psql {environment.Name} {cluster.Name} -d {service.Database}", $"the database of {service.Name}");
            }

            if (environment.DrillsWelcome)
            {
                yield return new PlatformHint($"./appstack drill {environment.Name} db-leader-loss", "pull the plug of the database leader under load");
            }
        }
    }
}
