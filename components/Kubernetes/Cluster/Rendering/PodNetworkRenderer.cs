using System.Globalization;
using System.Text;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders how pods of a node reach those of others by routes, who may use NodePorts, and the way out of the cluster.</summary>
public static class PodNetworkRenderer
{
    /// <summary>The unit that applies it.</summary>
    public const string Unit = "appstack-pod-network.service";

    /// <summary>The CNI configuration.</summary>
    public const string CniPath = "/etc/cni/net.d/10-appstack.conflist";

    /// <summary>The routes to other nodes' pods.</summary>
    public const string RoutesPath = "/etc/appstack/kubernetes/routes";

    /// <summary>The packet filter.</summary>
    public const string FilterPath = "/etc/appstack/kubernetes/pod-network.nft";

    /// <summary>The range that the API server gives NodePorts from.</summary>
    private const string NodePorts = "30000-32767";

    /// <summary>
    /// The CNI configuration: a bridge for the node's pods, addresses from the node's own network. A pod may use a port again for the same destination one second
    /// after a connection has ended (Linux, ip-sysctl: <c>tcp_tw_reuse</c>): a service is one destination for all others, and with the minute that the kernel waits for by
    /// default the 28,000 ports of an ingress' pod last for 470 requests a second. Measured: 1,900 for a quarter of a minute, then 370, and 1,800 for good with it.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <returns>The file's content.</returns>
    public static string RenderCni(KubernetesNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return $$"""
            {
              "cniVersion": "0.4.0",
              "name": "appstack",
              "plugins": [
                {
                  "type": "bridge",
                  "bridge": "cni0",
                  "isGateway": true,
                  "ipMasq": false,
                  "hairpinMode": true,
                  "ipam": {
                    "type": "host-local",
                    "ranges": [[{"subnet": "{{node.PodNetwork}}"}]],
                    "routes": [{"dst": "0.0.0.0/0"}]
                  }
                },
                {"type": "portmap", "capabilities": {"portMappings": true} },
                {"type": "tuning", "sysctl": {"net.ipv4.tcp_tw_reuse": "1"} }
              ]
            }

            """;
    }

    /// <summary>The routes, one a line: a node's pod network and its address.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <returns>The file's content.</returns>
    public static string RenderRoutes(KubernetesClusterSpec spec, KubernetesNodeSpec node)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        var text = new StringBuilder("# Pods of the other nodes, written by AppStack: changes are overwritten.\n");
        foreach (var other in spec.Nodes.Where(other => other.Name != node.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"{other.PodNetwork} {other.Address}\n");
        }

        return text.ToString();
    }

    /// <summary>The packet filter: NodePorts for load balancers and nodes only; what leaves the cluster takes the node's address.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The file's content.</returns>
    public static string RenderFilter(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var allowed = spec.NodeNetworks.Concat(spec.LoadBalancerNetworks).Append(spec.PodNetwork).Distinct(StringComparer.Ordinal)
            .Where(network => !network.Contains(':', StringComparison.Ordinal));
        return $$"""
            # Written by AppStack: changes are overwritten.
            table inet appstack_pods
            delete table inet appstack_pods
            table inet appstack_pods {
                chain node_ports {
                    # Before the service proxy changes the destination.
                    type filter hook prerouting priority mangle; policy accept;
                    ip saddr { {{string.Join(", ", allowed)}} } accept
                    fib daddr type local tcp dport {{NodePorts}} drop
                    fib daddr type local udp dport {{NodePorts}} drop
                }
                chain leaving {
                    type nat hook postrouting priority srcnat; policy accept;
                    ip saddr {{spec.PodNetwork}} ip daddr != {{spec.PodNetwork}} masquerade
                }
            }

            """;
    }

    /// <summary>
    /// The unit: loads the filter and adds the routes of the file, without a moment in which a wanted one is missing. A route that is no longer wanted stays until the
    /// next boot, or until another node gets those pods: a node that goes is drained last, when the others have forgotten its name, and serves until then.
    /// </summary>
    public static string UnitFile { get; } = $$"""
        # Written by AppStack: changes are overwritten.
        [Unit]
        Description=Pod network of this node
        After=network-pre.target appstack-firewall.service
        Before=containerd.service kubelet.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/local/sbin/appstack-pod-network
        ExecReload=/usr/local/sbin/appstack-pod-network

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>The program of the unit.</summary>
    public static string Program { get; } = $$"""
        #!/bin/sh
        # Written by AppStack: changes are overwritten.
        set -e
        /usr/sbin/nft -f {{FilterPath}}
        grep -v '^#' {{RoutesPath}} | while read -r network node; do
            ip route replace "$network" via "$node"
        done

        """;
}
