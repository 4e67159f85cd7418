using System.Collections.Immutable;
using System.Net;
using AppStack.Components.Lab;
using AppStack.Components.Monitoring;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks;

/// <summary>The machines of a lab: an image for each role, cables for the addresses, and the ways to the router.</summary>
internal static class LabPlan
{
    public static LocalLabSpec Of(EnvironmentSpec environment, LabSpec lab)
    {
        var router = environment.NodesOf(NodeRole.Router).FirstOrDefault();
        return new LocalLabSpec
        {
            Name = lab.Name,
            Networks = [.. environment.Networks.Select(network => Network(environment, lab, router, network))],
            Machines = [.. environment.Nodes.Select(node => Machine(environment, node, router))],
        };
    }

    private static LabNetworkSpec Network(EnvironmentSpec environment, LabSpec lab, NodeSpec? router, NetworkSpec network) => new()
    {
        Name = network.Name,
        HostAddresses = [.. lab.Host.Where(found => found.Network == network).SelectMany(WithPrefix)],
        Routes = environment.Edge is { } edge && router is not null && network == WayOfTheHost(environment, lab, router) ? RoutesToVips(edge, router, network) : [],
    };

    // The host looks at the edge from outside, as a citizen does: through the network of the clients, where it is in one.
    private static NetworkSpec? WayOfTheHost(EnvironmentSpec environment, LabSpec lab, NodeSpec router)
    {
        var shared = lab.Host.Select(found => found.Network).Where(network => router.Interfaces.Any(found => found.Network == network)).ToList();
        return shared.Find(network => environment.NodesOf(NodeRole.Client).Any(client => client.Interfaces.Any(found => found.Network == network)))
            ?? shared.FirstOrDefault();
    }

    private static ImmutableArray<LabRouteSpec> RoutesToVips(EdgeSpec edge, NodeSpec router, NetworkSpec network)
    {
        var gateway = router.Interfaces.First(found => found.Network == network);
        var routes = ImmutableArray.CreateBuilder<LabRouteSpec>();
        if (gateway.V4 is { } v4)
        {
            routes.Add(new LabRouteSpec(edge.AnnounceV4.ToString(), v4.ToString()));
        }

        if (gateway.V6 is { } v6 && edge.AnnounceV6 is { } prefix)
        {
            routes.Add(new LabRouteSpec(prefix.ToString(), v6.ToString()));
        }

        return routes.ToImmutable();
    }

    private static LabMachineSpec Machine(EnvironmentSpec environment, NodeSpec node, NodeSpec? router) => new()
    {
        Name = node.Name,
        Image = WithExporters(Image(node.Role), MonitoringPlan.Exporters(environment, node)),
        Interfaces = [.. node.Interfaces.Select(found => new LabInterfaceSpec(found.Network.Name, [.. WithPrefix(found)]))],
        Routes = router is null || node == router ? [] : DefaultRoutes(node, router),
    };

    private static ImmutableArray<LabRouteSpec> DefaultRoutes(NodeSpec node, NodeSpec router)
    {
        var gateways = from own in node.Interfaces
            from theirs in router.Interfaces
            where own.Network == theirs.Network
            from gateway in new[] { own.V4 is null ? null : theirs.V4, own.V6 is null ? null : theirs.V6 }
            where gateway is not null
            select gateway;
        return [.. gateways.DistinctBy(gateway => gateway.IsV4()).Select(gateway => new LabRouteSpec("default", gateway.ToString()))];
    }

    private static LabImageSpec Image(NodeRole role) => role switch
    {
        NodeRole.Router => LabImages.Router,
        NodeRole.LoadBalancer => LabImages.LoadBalancer,
        NodeRole.Backend => LabImages.WebBackend,
        NodeRole.Client => LabImages.Client,
        NodeRole.ControlPlane or NodeRole.Worker => LabImages.Kubernetes,
        NodeRole.Database => LabImages.Database,
        NodeRole.Witness => LabImages.Witness,
        NodeRole.Pooler => LabImages.Pooler,
        NodeRole.Backup => LabImages.Backup,
        NodeRole.Restore => LabImages.Restore,
        NodeRole.Monitoring => LabImages.Monitoring,
        NodeRole.Registry => LabImages.Registry,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "The validator lets no such node into a lab."),
    };

    private static LabImageSpec WithExporters(LabImageSpec image, ImmutableArray<ExporterSpec> exporters) =>
        exporters.IsEmpty ? image : image with { Packages = [.. image.Packages, .. NodeMetricsRenderer.Packages(exporters.Select(exporter => exporter.Kind))] };

    private static IEnumerable<string> WithPrefix(InterfaceSpec found)
    {
        if (found.V4 is { } v4)
        {
            yield return $"{v4}/{found.Network.V4.PrefixLength}";
        }

        if (found.V6 is { } v6 && found.Network.V6 is { } network)
        {
            yield return $"{v6}/{network.PrefixLength}";
        }
    }
}
