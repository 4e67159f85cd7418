using Pulumi;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace AppStack.Components.Services;

/// <summary>What may reach a service's pods, and what they may reach: nothing but what is listed here, and the ingress where there is a route, which brings its own policy.</summary>
internal static class ServiceTraffic
{
    // Cluster DNS listens here; policies see connections after the service proxy.
    private const int DnsPort = 10053;

    /// <summary>The policies by name, each for all pods of the service's namespace.</summary>
    public static IEnumerable<(string Name, NetworkingV1Inputs.NetworkPolicySpecArgs Policy)> Policies(ServiceArgs args)
    {
        var spec = args.Spec;
        yield return ("deny-all", new() { PodSelector = Everybody(), PolicyTypes = { "Ingress", "Egress" } });
        yield return ("dns", Dns());
        if (!args.MonitoringNetworks.IsEmpty && spec.Metrics is { } metrics)
        {
            yield return ("from-monitoring", Inwards(metrics.Port ?? ServicePod.ProbePort(spec), [.. args.MonitoringNetworks.Select(Network)]));
        }

        if (spec.Database is not null && args.Database is { } database)
        {
            yield return ("database", Outwards(database.Hosts.Select(host => $"{host}/32"), [database.Port]));
        }

        foreach (var (index, egress) in spec.Egress.Index())
        {
            yield return ($"egress-{index}", Outwards([egress.To], egress.Ports));
        }
    }

    private static NetworkingV1Inputs.NetworkPolicySpecArgs Inwards(int port, params IEnumerable<NetworkingV1Inputs.NetworkPolicyPeerArgs> peers)
    {
        var rule = new NetworkingV1Inputs.NetworkPolicyIngressRuleArgs { Ports = { Tcp(port) } };
        foreach (var peer in peers)
        {
            rule.From.Add(peer);
        }

        return new() { PodSelector = Everybody(), PolicyTypes = { "Ingress" }, Ingress = { rule } };
    }

    private static NetworkingV1Inputs.NetworkPolicySpecArgs Outwards(IEnumerable<string> networks, IEnumerable<int> ports)
    {
        var rule = new NetworkingV1Inputs.NetworkPolicyEgressRuleArgs();
        foreach (var network in networks)
        {
            rule.To.Add(Network(network));
        }

        foreach (var port in ports)
        {
            rule.Ports.Add(Tcp(port));
        }

        return new() { PodSelector = Everybody(), PolicyTypes = { "Egress" }, Egress = { rule } };
    }

    private static NetworkingV1Inputs.NetworkPolicySpecArgs Dns() => new()
    {
        PodSelector = Everybody(),
        PolicyTypes = { "Egress" },
        Egress =
        {
            new NetworkingV1Inputs.NetworkPolicyEgressRuleArgs
            {
                To = { Pods([KeyValuePair.Create("k8s-app", "cluster-dns")]) },
                Ports = { Tcp(DnsPort), new NetworkingV1Inputs.NetworkPolicyPortArgs { Port = DnsPort, Protocol = "UDP" } },
            },
        },
    };

    // In any namespace: before 1.21 namespaces have no label with their name.
    private static NetworkingV1Inputs.NetworkPolicyPeerArgs Pods(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var selector = new MetaV1Inputs.LabelSelectorArgs();
        foreach (var (name, value) in labels)
        {
            selector.MatchLabels[name] = value;
        }

        return new() { NamespaceSelector = Everybody(), PodSelector = selector };
    }

    private static NetworkingV1Inputs.NetworkPolicyPeerArgs Network(string network) => new() { IpBlock = new NetworkingV1Inputs.IPBlockArgs { Cidr = network } };

    private static NetworkingV1Inputs.NetworkPolicyPortArgs Tcp(int port) => new() { Port = port, Protocol = "TCP" };

    private static MetaV1Inputs.LabelSelectorArgs Everybody() => new();
}
