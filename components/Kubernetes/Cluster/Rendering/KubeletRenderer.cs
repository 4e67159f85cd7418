using System.Globalization;
using System.Net;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders kubelet's configuration and unit. kubeadm's own copy of the configuration is not used, so that changes reach nodes that have joined.</summary>
public static class KubeletRenderer
{
    /// <summary>The configuration.</summary>
    public const string Path = "/etc/appstack/kubernetes/kubelet.yaml";

    /// <summary>The unit.</summary>
    public const string Unit = "kubelet.service";

    /// <summary>Which of the services' addresses the cluster's DNS server has: the tenth, as everywhere.</summary>
    private const int DnsIndex = 10;

    /// <summary>The address of the cluster's DNS server.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The address.</returns>
    public static string DnsAddress(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var bytes = IPNetwork.Parse(spec.ServiceNetwork).BaseAddress.GetAddressBytes();
        bytes[^1] += DnsIndex;
        return new IPAddress(bytes).ToString();
    }

    /// <summary>Renders the configuration.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The file's content.</returns>
    public static string Render(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # Written by AppStack: changes are overwritten.
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            authentication:
              anonymous: { enabled: false }
              webhook: { enabled: true }
              x509: { clientCAFile: /etc/kubernetes/pki/ca.crt }
            authorization: { mode: Webhook }
            cgroupDriver: {{(spec.Lab ? "cgroupfs" : "systemd")}}
            clusterDNS: [{{DnsAddress(spec)}}]
            clusterDomain: cluster.local
            failSwapOn: {{(spec.Lab ? "false" : "true")}}
            healthzBindAddress: 127.0.0.1
            nodeStatusUpdateFrequency: {{spec.NodeLoss.StatusUpdate.TotalSeconds:0}}s
            protectKernelDefaults: {{(spec.Lab ? "false" : "true")}}
            readOnlyPort: 0
            resolvConf: /etc/resolv.conf
            rotateCertificates: true
            staticPodPath: /etc/kubernetes/manifests
            streamingConnectionIdleTimeout: 5m0s
            tlsMinVersion: VersionTLS12

            """);
    }

    /// <summary>Renders the unit; kubeadm adds <c>kubeadm-flags.env</c>.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <param name="program">The program, by a path that no version changes.</param>
    /// <returns>The file's content.</returns>
    public static string RenderUnit(KubernetesClusterSpec spec, KubernetesNodeSpec node, string program)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        return $"""
            # Written by AppStack: changes are overwritten.
            [Unit]
            Description=Kubernetes' agent on this node
            After=containerd.service {PodNetworkRenderer.Unit}
            Wants=containerd.service
            # Nothing to do before kubeadm has made this node part of a cluster.
            ConditionPathExists=/var/lib/kubelet/config.yaml
            StartLimitIntervalSec=0

            [Service]
            EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
            ExecStart={program} --config={Path} --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --node-ip={node.Address} $KUBELET_KUBEADM_ARGS
            SyslogIdentifier=kubelet
            Restart=always
            RestartSec=1s

            [Install]
            WantedBy=multi-user.target

            """;
    }
}
