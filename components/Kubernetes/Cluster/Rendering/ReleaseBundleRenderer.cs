using System.Globalization;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders what a node gets with a version of Kubernetes: the programs, and on control planes kubeadm's configuration and the cluster's own objects.</summary>
public static class ReleaseBundleRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "kubernetes-release";

    /// <summary>What the node's script reads.</summary>
    public const string EnvironmentPath = "/etc/appstack/kubernetes/release.env";

    /// <summary>In labs: the programs of the usual version.</summary>
    private const string BuiltPrograms = "/opt/appstack/kubernetes/bin";

    /// <summary>In labs: all that was built on the host, by names with version and recipe.</summary>
    private const string BuiltCache = "/opt/appstack/kubernetes/cache";

    /// <summary>The bundle of a node.</summary>
    /// <param name="spec">The cluster; must be valid.</param>
    /// <param name="node">The node.</param>
    /// <param name="secrets">The secrets; only control planes get them.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Render(KubernetesClusterSpec spec, KubernetesNodeSpec node, ClusterSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(secrets);
        var built = ProgramChoice.Of(spec).Source == ProgramSource.Built;
        var files = new List<BundleFile> { new() { Path = EnvironmentPath, Content = Environment(spec, built) } };
        var groups = new List<BundleFileGroup>();
        if (node.Role == KubernetesRole.ControlPlane)
        {
            files.Add(new() { Path = KubeadmRenderer.Path, Content = KubeadmRenderer.Render(spec, node, secrets), Mode = "0600", Secret = true, Group = "kubeadm" });
            files.Add(new() { Path = AddonsRenderer.Path, Content = AddonsRenderer.Render(spec), Group = "addons" });
            groups.Add(new() { Name = "kubeadm", Activation = BundleActivation.Run($"{KubernetesPaths.Tool} reconfigure") });
            groups.Add(new() { Name = "addons", Activation = BundleActivation.Run($"{KubernetesPaths.Tool} addons") });
        }

        return new()
        {
            Role = Role,
            Packages = built ? [] : [.. new[] { "kubeadm", "kubectl", "kubelet" }.Select(name => new BundlePackage(name, spec.Repository!.Version))],
            Files = [.. files],
            FileGroups = [.. groups],
        };
    }

    /// <summary>
    /// In labs, whose machines have no registry: the images of another version than the usual one, which come to all nodes before any of them is upgraded. The
    /// first control plane gives all of them another kube-proxy.
    /// </summary>
    /// <returns>The script's variable; null when containerd's store has the images already, or a registry has.</returns>
    internal static string? Images(KubernetesClusterSpec spec)
        => ProgramChoice.Of(spec).Source == ProgramSource.Built && KubernetesVersion.TryParse(spec.Version) is { } version && version != KubernetesVersion.Built
            ? $"# Written by AppStack: changes are overwritten.\nVERSION={version}\nIMAGES={Newest($"images-v{version}-*")}\n"
            : null;

    private static string Environment(KubernetesClusterSpec spec, bool built)
    {
        var version = KubernetesVersion.TryParse(spec.Version)!;
        var usual = version == KubernetesVersion.Built;
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Written by AppStack: changes are overwritten.
            VERSION={version}
            CRI_SOCKET={ContainerdRenderer.SocketFor(version)}
            KUBEADM_API={version.KubeadmApi}
            PROGRAMS={(!built ? "/usr/bin" : usual ? BuiltPrograms : Newest($"programs-v{version}-*/bin"))}
            DRAIN_LOCAL_DATA={(version.Minor >= 20 ? "--delete-emptydir-data" : "--delete-local-data")}

            """);
    }

    // Of several recipes the latest.
    private static string Newest(string pattern) => $"$(ls -td {BuiltCache}/{pattern} 2>/dev/null | head -n 1 || true)";
}
