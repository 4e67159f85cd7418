using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>
/// Renders what a node of a cluster gets whatever the version: container runtime, agent, pod network, firewall. An upgrade changes nothing of it, as it comes to
/// all nodes at once; what goes with the version is <see cref="ReleaseBundleRenderer"/>'s.
/// </summary>
public static class NodeBundleRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "kubernetes-node";

    private const string Folder = "/etc/appstack/kubernetes";
    private const string HostsProgram = "/usr/local/sbin/appstack-kubernetes-hosts";

    private static readonly ImmutableArray<string> Packages =
        ["conntrack", "containerd", "containernetworking-plugins", "ebtables", "ethtool", "iptables", "runc", "socat"];

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
        var choice = ProgramChoice.Of(spec);
        var built = choice.Source == ProgramSource.Built;
        var files = new List<BundleFile>
        {
            new() { Path = ContainerdRenderer.Path, Content = ContainerdRenderer.Render(spec), Group = "containerd" },
            new() { Path = KubeletRenderer.Path, Content = KubeletRenderer.Render(spec), Group = "kubelet" },
            new() { Path = $"/etc/systemd/system/{KubeletRenderer.Unit}", Content = KubeletRenderer.RenderUnit(spec, node, built ? $"{KubernetesPaths.Tool} kubelet" : "/usr/bin/kubelet"), Group = "kubelet" },
            new() { Path = PodNetworkRenderer.CniPath, Content = PodNetworkRenderer.RenderCni(node) },
            new() { Path = PodNetworkRenderer.RoutesPath, Content = PodNetworkRenderer.RenderRoutes(spec, node), Group = "pod-network" },
            new() { Path = PodNetworkRenderer.FilterPath, Content = PodNetworkRenderer.RenderFilter(spec), Group = "pod-network" },
            new() { Path = "/usr/local/sbin/appstack-pod-network", Content = PodNetworkRenderer.Program, Mode = "0755", Group = "pod-network" },
            new() { Path = $"/etc/systemd/system/{PodNetworkRenderer.Unit}", Content = PodNetworkRenderer.UnitFile },
            new() { Path = $"{Folder}/node.env", Content = Environment(spec, node) },
            new() { Path = $"{Folder}/hosts", Content = Hosts(spec, node), Group = "hosts" },
            new() { Path = HostsProgram, Content = HostsScript, Mode = "0755", Group = "hosts" },
            new() { Path = KubernetesPaths.Tool, Content = KubernetesScripts.Node, Mode = "0755" },
        };
        if (built)
        {
            files.Add(new() { Path = "/usr/local/bin/crictl", Content = KubernetesScripts.Crictl, Mode = "0755" });
        }

        var groups = new List<BundleFileGroup>
        {
            new() { Name = "hosts", Activation = BundleActivation.Run(HostsProgram) },
            new() { Name = "pod-network", Check = $"nft -c -f {{{PodNetworkRenderer.FilterPath}}}", Activation = BundleActivation.Reload(PodNetworkRenderer.Unit) },
            new() { Name = "containerd", Activation = BundleActivation.Restart("containerd.service") },
            new() { Name = "kubelet", Activation = BundleActivation.Run("systemctl daemon-reload; systemctl try-restart kubelet.service") },
        };
        var units = new List<BundleUnit>
        {
            new(PodNetworkRenderer.Unit),
            new("containerd.service"),
            // Starts when kubeadm has made the node part of a cluster.
            new(KubeletRenderer.Unit, UnitStart.Enabled, UnitState.Unmanaged),
        };
        if (ReleaseBundleRenderer.Images(spec) is { } images)
        {
            files.Add(new() { Path = $"{Folder}/images.env", Content = images, Group = "images" });
            groups.Add(new() { Name = "images", Activation = BundleActivation.Run($"{KubernetesPaths.Tool} bring_images") });
        }

        if (node.Role == KubernetesRole.ControlPlane)
        {
            files.AddRange(ControlPlaneFiles(spec, node, secrets));
            groups.Add(new() { Name = "control-plane", Activation = BundleActivation.Run($"{KubernetesPaths.Tool} reconfigure") });
            groups.Add(new() { Name = "nodes", Activation = BundleActivation.Run($"{KubernetesPaths.Tool} mark_all") });
            units.Add(new("appstack-etcd-snapshot.timer"));
            units.Add(new("appstack-certificates.timer"));
        }

        var bundle = new Bundle
        {
            Role = Role,
            Packages =
            [
                .. Packages.Select(name => new BundlePackage(name)),
                .. node.Role == KubernetesRole.ControlPlane ? [new BundlePackage("etcd-client")] : Array.Empty<BundlePackage>(),
            ],
            Files = [.. files],
            FileGroups = [.. groups],
            Sysctls = spec.Lab ? Sysctls : Sysctls.AddRange(KernelDefaults),
            Units = [.. units],
            // The ingress' user, which may write nowhere else.
            Directories = [new(Folder, "0700"), new(IngressSpec.EventsFolder, "0750", "www-data:www-data")],
        };
        return FirewallRenderer.AddTo(NodeFirewall.Of(spec, node), bundle);
    }

    private static readonly ImmutableSortedDictionary<string, string> Sysctls = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create("net.bridge.bridge-nf-call-iptables", "1"),
            KeyValuePair.Create("net.ipv4.ip_forward", "1"),
            // A connection to a pod that died with its node gives up its place soon.
            KeyValuePair.Create("net.netfilter.nf_conntrack_tcp_timeout_syn_sent", "3"),
            KeyValuePair.Create("net.netfilter.nf_conntrack_tcp_timeout_time_wait", "30"),
            // As kube-proxy would set it; the kernel's own are 5 days for what a dead node leaves behind.
            KeyValuePair.Create("net.netfilter.nf_conntrack_tcp_timeout_established", "86400"),
        ]);

    // What kubelet insists on, and room for connections; machines of a lab may not change the host's. The kernel has 262,144 places however large the node is. A request
    // takes two for 30 s and, behind another node's ingress, a third: 10,000 requests/s of new connections are 900,000, in 300 MiB.
    private static readonly KeyValuePair<string, string>[] KernelDefaults =
    [
        new("net.netfilter.nf_conntrack_max", "1048576"),
        new("kernel.panic", "10"),
        new("kernel.panic_on_oops", "1"),
        new("vm.overcommit_memory", "1"),
        new("vm.panic_on_oom", "0"),
    ];

    private static IEnumerable<BundleFile> ControlPlaneFiles(KubernetesClusterSpec spec, KubernetesNodeSpec node, ClusterSecrets secrets)
    {
        yield return new() { Path = EncryptionRenderer.Path, Content = EncryptionRenderer.Render(secrets.EncryptionKey), Mode = "0600", Secret = true, Group = "control-plane" };
        yield return new() { Path = AuditRenderer.Path, Content = AuditRenderer.Policy, Group = "control-plane" };
        foreach (var member in spec.Nodes)
        {
            yield return new() { Path = $"{Folder}/nodes/{member.Name}", Content = Settings(member), Group = "nodes" };
        }

        yield return new() { Path = "/etc/systemd/system/appstack-etcd-snapshot.service", Content = Service("Snapshot of etcd", "snapshot") };
        yield return new() { Path = "/etc/systemd/system/appstack-etcd-snapshot.timer", Content = Timer("Snapshots of etcd", "*-*-* 00/6:17:00") };
        yield return new() { Path = "/etc/systemd/system/appstack-certificates.service", Content = Service("New certificates in time", "renew") };
        // Control planes at different hours, so that never two of them restart their servers at once.
        var hour = spec.ControlPlanes.TakeWhile(found => found.Name != node.Name).Count();
        yield return new() { Path = "/etc/systemd/system/appstack-certificates.timer", Content = Timer("New certificates in time", string.Create(CultureInfo.InvariantCulture, $"Sun *-*-* 0{hour}:43:00")) };
    }

    // What the node is in the cluster; read by a control plane when it has joined.
    private static string Settings(KubernetesNodeSpec node) => string.Concat(
        node.Labels.Select(label => $"label {label.Key}={label.Value}\n").Concat(node.Taints.Select(taint => $"taint {taint}\n")));

    private static string Environment(KubernetesClusterSpec spec, KubernetesNodeSpec node)
    {
        var members = node.Role == KubernetesRole.ControlPlane ? string.Join(',', spec.ControlPlanes.Select(found => $"{found.Name}=https://{found.Address}:2380")) : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # Written by AppStack: changes are overwritten.
            NODE={node.Name}
            ADDRESS={node.Address}
            API={spec.ApiName}:{spec.ApiPort}
            MEMBERS={members}
            SNAPSHOTS_KEPT={spec.SnapshotsKept}

            """);
    }

    // The first control plane makes the cluster and speaks to itself; everybody else goes through the load balancers.
    private static string Hosts(KubernetesClusterSpec spec, KubernetesNodeSpec node)
    {
        var self = node.Name == spec.ControlPlanes.First().Name;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(self ? node.Address : spec.ApiAddress)} {spec.ApiName}\n");
        foreach (var member in spec.Nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{member.Address} {member.Name}\n");
        }

        return text.ToString();
    }

    // The names of a cluster stand between two lines of the hosts file; the rest of it is not ours.
    private const string HostsScript = $$"""
        #!/bin/sh
        # Written by AppStack: changes are overwritten.
        set -e
        umask 022
        {
            sed '/^# appstack-kubernetes begin$/,/^# appstack-kubernetes end$/d' /etc/hosts
            echo '# appstack-kubernetes begin'
            cat {{Folder}}/hosts
            echo '# appstack-kubernetes end'
        } >/etc/hosts.appstack
        mv /etc/hosts.appstack /etc/hosts

        """;

    private static string Service(string description, string verb) => $"""
        # Written by AppStack: changes are overwritten.
        [Unit]
        Description={description}
        ConditionPathExists=/etc/appstack/kubernetes/joined

        [Service]
        Type=oneshot
        ExecStart={KubernetesPaths.Tool} {verb}

        """;

    private static string Timer(string description, string when) => $"""
        # Written by AppStack: changes are overwritten.
        [Unit]
        Description={description}

        [Timer]
        OnCalendar={when}
        Persistent=true

        [Install]
        WantedBy=timers.target

        """;
}
