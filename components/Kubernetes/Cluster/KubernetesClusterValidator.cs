using System.Net;
using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Finds what is wrong with a cluster before any node is touched.</summary>
public static partial class KubernetesClusterValidator
{
    /// <summary>The oldest version whose configuration is known here.</summary>
    private const int OldestMinor = 20;

    /// <summary>The newest one that was looked at.</summary>
    private const int NewestMinor = 35;

    /// <summary>Checks a cluster.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Ipv4("apiAddress", spec.ApiAddress);
        problems.Port("apiPort", spec.ApiPort);
        problems.Access("access", spec.Access);
        Version(spec, problems);
        Programs(spec, problems);
        Nodes(spec, problems);
        Networks(spec, problems);
        Timings(spec.NodeLoss, problems);
        problems.AddIf(
            spec.Networking != PodNetworking.Routes,
            "networking",
            Enum.IsDefined(spec.Networking)
                ? $"{spec.Networking} is not installed by this version, and nodes would never become ready without a pod network; use routes"
                : $"'{spec.Networking}' is not a known way; use routes");
        problems.AddIf(spec.SnapshotsKept < 1, "snapshotsKept", $"{spec.SnapshotsKept} snapshots of etcd would be kept; keep at least one");
        return problems.All;
    }

    private static void Version(KubernetesClusterSpec spec, NetworkProblems problems)
    {
        if (KubernetesVersion.TryParse(spec.Version) is not { } version)
        {
            problems.Add("version", $"'{spec.Version}' is not an exact version such as 1.34.2");
            return;
        }

        problems.AddIf(
            version.Minor is < OldestMinor or > NewestMinor,
            "version",
            $"{version} is not supported; use 1.{OldestMinor} to 1.{NewestMinor}");
        problems.AddIf(
            ProgramChoice.Of(spec).Source == ProgramSource.Built && !version.CanBeBuilt,
            "version",
            $"{version} cannot be built from Debian's source, which is {KubernetesVersion.Built}; use that version, or give a repository of packages");
    }

    private static void Programs(KubernetesClusterSpec spec, NetworkProblems problems)
    {
        problems.AddIf(spec.Programs == ProgramSource.Packages && spec.Repository is null, "repository", "is missing although programs shall come from packages");
        problems.AddIf(
            ProgramChoice.Of(spec).Source == ProgramSource.Built && !spec.Lab,
            "programs",
            "programs that are built from source are only brought to machines of a lab; give a repository of packages");
        if (spec.Repository is { } repository)
        {
            problems.AddIf(!Uri.TryCreate(repository.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"), "repository.url", $"'{repository.Url}' is not an http or https address");
            problems.AddIf(!repository.Key.Contains("BEGIN PGP PUBLIC KEY BLOCK", StringComparison.Ordinal), "repository.key", "is not an ASCII-armoured OpenPGP public key");
            problems.AddIf(
                !repository.Version.StartsWith(spec.Version + "-", StringComparison.Ordinal),
                "repository.version",
                $"the packages' version {repository.Version} is not of Kubernetes {spec.Version}: kubelet, kubeadm and control plane would not fit");
        }
    }

    private static void Nodes(KubernetesClusterSpec spec, NetworkProblems problems)
    {
        var controlPlanes = spec.ControlPlanes.Count();
        problems.AddIf(
            controlPlanes is not (1 or 3 or 5),
            "nodes",
            $"{controlPlanes} control planes; use 1, 3 or 5: etcd decides by majority, so an even number stands no more losses than one node fewer");
        problems.AddIf(
            controlPlanes > 1 && spec.ControlPlanes.Any(node => node.Address == spec.ApiAddress),
            "apiAddress",
            $"{spec.ApiAddress} is one of several control planes; use a virtual address of the load balancers, which outlives each of them");
        problems.AddIf(!spec.Workers.Any(), "nodes", "there are no workers, so no pod could run");
        problems.Unique("nodes", "name", spec.Nodes.Select(node => node.Name));
        problems.Unique("nodes", "address", spec.Nodes.Select(node => node.Address));
        problems.Unique("nodes", "pod network", spec.Nodes.Select(node => node.PodNetwork));
        for (var i = 0; i < spec.Nodes.Length; i++)
        {
            var node = spec.Nodes[i];
            problems.Name($"nodes[{i}].name", node.Name);
            problems.Ipv4($"nodes[{i}].address", node.Address);
            foreach (var (key, value) in node.Labels)
            {
                problems.AddIf(!LabelKey().IsMatch(key) || !LabelValue().IsMatch(value), $"nodes[{i}].labels", $"'{key}={value}' is not a label");
            }

            foreach (var taint in node.Taints)
            {
                problems.AddIf(!Taint().IsMatch(taint), $"nodes[{i}].taints", $"'{taint}' is not a taint; use key=value:NoSchedule, PreferNoSchedule or NoExecute");
            }
        }
    }

    private static void Networks(KubernetesClusterSpec spec, NetworkProblems problems)
    {
        problems.AddIf(spec.NodeNetworks.IsDefaultOrEmpty, "nodeNetworks", "is empty; nodes could not reach each other");
        problems.Networks("nodeNetworks", spec.NodeNetworks);
        problems.Networks("loadBalancerNetworks", spec.LoadBalancerNetworks);
        List<(string Path, string Network)> all =
        [
            ("podNetwork", spec.PodNetwork),
            ("serviceNetwork", spec.ServiceNetwork),
            .. spec.NodeNetworks.Select((network, i) => ($"nodeNetworks[{i}]", network)),
            .. spec.LoadBalancerNetworks.Except(spec.NodeNetworks, StringComparer.Ordinal).Select((network, i) => ($"loadBalancerNetworks[{i}]", network)),
        ];
        problems.Network("podNetwork", spec.PodNetwork);
        problems.Network("serviceNetwork", spec.ServiceNetwork);
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var other in all.Take(i).Where(other => Overlap(other.Network, all[i].Network)))
            {
                problems.Add(all[i].Path, $"{all[i].Network} overlaps with {other.Path} {other.Network}; pods, services and nodes need addresses of their own");
            }
        }

        if (!IPNetwork.TryParse(spec.PodNetwork, out var pods))
        {
            return;
        }

        for (var i = 0; i < spec.Nodes.Length; i++)
        {
            var path = $"nodes[{i}].podNetwork";
            problems.Network(path, spec.Nodes[i].PodNetwork);
            if (IPNetwork.TryParse(spec.Nodes[i].PodNetwork, out var own))
            {
                problems.AddIf(!pods.Contains(own.BaseAddress) || own.PrefixLength < pods.PrefixLength, path, $"{own} is not part of the cluster's pod network {pods}");
            }
        }
    }

    private static void Timings(NodeLossTimings timings, NetworkProblems problems)
    {
        problems.Positive("nodeLoss.statusUpdate", timings.StatusUpdate);
        problems.Positive("nodeLoss.monitorPeriod", timings.MonitorPeriod);
        problems.AddIf(
            timings.GracePeriod < 3 * timings.StatusUpdate,
            "nodeLoss.gracePeriod",
            $"{timings.GracePeriod.TotalSeconds} s are less than three signs of life ({timings.StatusUpdate.TotalSeconds} s each); one lost packet would make a node dead");
    }

    private static bool Overlap(string left, string right)
        => IPNetwork.TryParse(left, out var a) && IPNetwork.TryParse(right, out var b)
            && a.BaseAddress.AddressFamily == b.BaseAddress.AddressFamily && (a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress));

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelKey();

    [GeneratedRegex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^[A-Za-z0-9./_-]+(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$")]
    private static partial Regex Taint();
}
