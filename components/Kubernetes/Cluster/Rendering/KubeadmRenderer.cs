using System.Globalization;
using System.Text;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders kubeadm's configuration for the first control plane. Joining nodes take the cluster's from the API server.</summary>
public static class KubeadmRenderer
{
    /// <summary>Where it lies; only root may read it.</summary>
    public const string Path = "/etc/appstack/kubernetes/kubeadm.yaml";

    /// <summary>Renders the configuration.</summary>
    /// <param name="spec">The cluster; must be valid.</param>
    /// <param name="node">The control plane.</param>
    /// <param name="secrets">The secrets.</param>
    /// <returns>The file's content.</returns>
    public static string Render(KubernetesClusterSpec spec, KubernetesNodeSpec node, ClusterSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(secrets);
        var version = KubernetesVersion.TryParse(spec.Version)!;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            # kubeadm's configuration of the cluster '{spec.Name}', written by AppStack: changes are overwritten.
            apiVersion: {version.KubeadmApi}
            kind: InitConfiguration
            bootstrapTokens: []
            certificateKey: {secrets.CertificateKey}
            localAPIEndpoint:
              advertiseAddress: {node.Address}
              bindPort: 6443
            nodeRegistration:
              name: {node.Name}
              criSocket: {ContainerdRenderer.SocketFor(version)}
            ---
            apiVersion: {version.KubeadmApi}
            kind: ClusterConfiguration
            clusterName: {spec.Name}
            kubernetesVersion: v{version}
            imageRepository: {spec.ImageRepository}
            controlPlaneEndpoint: {spec.ApiName}:{spec.ApiPort}
            networking:
              dnsDomain: cluster.local
              podSubnet: {spec.PodNetwork}
              serviceSubnet: {spec.ServiceNetwork}
            apiServer:
              certSANs:
              - {spec.ApiName}
              - {spec.ApiAddress}

            """));
        foreach (var address in spec.ControlPlanes.Select(found => found.Address).Where(found => found != spec.ApiAddress))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {address}\n");
        }

        text.Append("  - 127.0.0.1\n");
        Arguments(text, version, "  ", new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["audit-log-path"] = $"{AuditRenderer.LogFolder}/audit.log",
            ["audit-log-maxage"] = "30",
            ["audit-log-maxbackup"] = "10",
            ["audit-log-maxsize"] = "100",
            ["audit-policy-file"] = AuditRenderer.Path,
            ["default-not-ready-toleration-seconds"] = Seconds(spec.NodeLoss.PodToleration),
            ["default-unreachable-toleration-seconds"] = Seconds(spec.NodeLoss.PodToleration),
            ["enable-admission-plugins"] = version.HasPodSecurityPolicy && !version.HasPodSecurityAdmission ? "NodeRestriction,PodSecurityPolicy" : "NodeRestriction",
            ["encryption-provider-config"] = EncryptionRenderer.Path,
            ["profiling"] = "false",
            ["tls-min-version"] = "VersionTLS12",
        });
        text.Append(CultureInfo.InvariantCulture, $"""
              extraVolumes:
              - name: audit-policy
                hostPath: {AuditRenderer.Path}
                mountPath: {AuditRenderer.Path}
                readOnly: true
                pathType: File
              - name: audit-log
                hostPath: {AuditRenderer.LogFolder}
                mountPath: {AuditRenderer.LogFolder}
                pathType: DirectoryOrCreate
              - name: encryption
                hostPath: {EncryptionRenderer.Path}
                mountPath: {EncryptionRenderer.Path}
                readOnly: true
                pathType: File
            controllerManager:

            """);
        Arguments(text, version, "  ", new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            // Pod networks are given to nodes by their specification, and not in the order in which they come.
            ["allocate-node-cidrs"] = "false",
            ["node-monitor-grace-period"] = $"{Seconds(spec.NodeLoss.GracePeriod)}s",
            ["node-monitor-period"] = $"{Seconds(spec.NodeLoss.MonitorPeriod)}s",
            ["profiling"] = "false",
        });
        text.Append("scheduler:\n");
        Arguments(text, version, "  ", new SortedDictionary<string, string>(StringComparer.Ordinal) { ["profiling"] = "false" });
        text.Append("etcd:\n  local:\n    dataDir: /var/lib/etcd\n");
        if (version.EtcdTag is { } tag)
        {
            text.Append(CultureInfo.InvariantCulture, $"    imageTag: {tag}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"""
            ---
            apiVersion: kubeproxy.config.k8s.io/v1alpha1
            kind: KubeProxyConfiguration
            mode: iptables
            clusterCIDR: {spec.PodNetwork}
            # Zero: the node's own limits stay; a container may not set them.
            conntrack:
              maxPerCore: 0
              min: 0
              tcpCloseWaitTimeout: 0s
              tcpEstablishedTimeout: 0s
            iptables:
              minSyncPeriod: 100ms

            """);
        return text.ToString();
    }

    private static void Arguments(StringBuilder text, KubernetesVersion version, string indent, SortedDictionary<string, string> arguments)
    {
        text.Append(indent).Append("extraArgs:\n");
        foreach (var (name, value) in arguments)
        {
            text.Append(indent).Append(version.ArgumentsAreLists ? $"- name: {name}\n{indent}  value: \"{value}\"\n" : $"  {name}: \"{value}\"\n");
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
