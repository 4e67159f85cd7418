using AppStack.Components.Registry;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders containerd's configuration.</summary>
public static class ContainerdRenderer
{
    /// <summary>Where it lies.</summary>
    public const string Path = "/etc/containerd/config.toml";

    private const string Socket = "/run/containerd/containerd.sock";

    /// <summary>The socket as kubeadm and kubelet of a version want it written.</summary>
    internal static string SocketFor(KubernetesVersion version) => version.Minor >= 24 ? $"unix://{Socket}" : Socket;

    /// <summary>Renders the configuration.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The file's content.</returns>
    public static string Render(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var version = KubernetesVersion.TryParse(spec.Version)!;
        // Machines of a lab may not lower their processes' badness for the out-of-memory killer, which runc would otherwise insist on.
        var restricted = spec.Lab ? "  restrict_oom_score_adj = true\n" : "";
        var systemd = spec.Lab ? "false" : "true";
        return $"""
            # Written by AppStack: changes are overwritten.
            version = 2

            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "{spec.ImageRepository}/pause:{version.PauseTag}"
            {restricted}
              [plugins."io.containerd.grpc.v1.cri".registry]
                config_path = "{RegistryTrustRenderer.Folder}"

              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "/usr/lib/cni"
                conf_dir = "/etc/cni/net.d"

              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                runtime_type = "io.containerd.runc.v2"

                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                  SystemdCgroup = {systemd}

            """;
    }
}
