using System.Globalization;
using System.Text.RegularExpressions;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>A version of Kubernetes, and everything that depends on it: the one place that knows.</summary>
public sealed partial record KubernetesVersion
{
    /// <summary>The version that is built from Debian's source package.</summary>
    public static readonly KubernetesVersion Built = new(1, 20, 2);

    private KubernetesVersion(int major, int minor, int patch) => (Major, Minor, Patch) = (major, minor, patch);

    /// <summary>1.</summary>
    public int Major { get; }

    /// <summary>The minor version; upgrades go one at a time.</summary>
    public int Minor { get; }

    /// <summary>The patch version.</summary>
    public int Patch { get; }

    /// <summary>The version of kubeadm's configuration.</summary>
    public string KubeadmApi => Minor switch { >= 31 => "kubeadm.k8s.io/v1beta4", >= 22 => "kubeadm.k8s.io/v1beta3", _ => "kubeadm.k8s.io/v1beta2" };

    /// <summary>Whether kubeadm wants extra arguments as a list of names and values.</summary>
    public bool ArgumentsAreLists => Minor >= 31;

    /// <summary>The taint of control planes.</summary>
    public string ControlPlaneTaint => Minor >= 24 ? "node-role.kubernetes.io/control-plane" : "node-role.kubernetes.io/master";

    /// <summary>The image of the pod's own container, as kubeadm of that version wants it; of 1.20 the one that is built.</summary>
    public string PauseTag => Minor switch { >= 34 => "3.10.1", >= 31 => "3.10", >= 26 => "3.9", >= 22 => "3.6", _ => "3.2" };

    /// <summary>The version of etcd's image where it is not kubeadm's own choice: Debian's.</summary>
    public string? EtcdTag => CanBeBuilt ? "3.4.23" : null;

    /// <summary>Whether Debian's source makes it: <see cref="Built"/>, and the same source under another patch number, with which labs try upgrades.</summary>
    public bool CanBeBuilt => Minor == Built.Minor;

    /// <summary>The minor versions from which a cluster can go to this one: one at a time, and patches.</summary>
    public IReadOnlyList<int> MinorsBefore => [Minor - 1, Minor];

    /// <summary>The minor version of the oldest kubelet that API servers of this version speak to: three versions back since 1.28, two before (Kubernetes' version skew policy).</summary>
    public int OldestKubelet => Minor - (Minor >= 28 ? 3 : 2);

    /// <summary>Whether PodSecurityPolicies exist.</summary>
    public bool HasPodSecurityPolicy => Minor < 25;

    /// <summary>Whether namespaces' labels choose a pod security standard.</summary>
    public bool HasPodSecurityAdmission => Minor >= 23;

    /// <summary>The version of PodDisruptionBudgets.</summary>
    public string PolicyApi => Minor >= 21 ? "policy/v1" : "policy/v1beta1";

    /// <summary>The version of HorizontalPodAutoscalers with several metrics.</summary>
    public string AutoscalingApi => Minor >= 23 ? "autoscaling/v2" : "autoscaling/v2beta2";

    /// <summary>Whether Kubernetes waits by itself before it stops a container, instead of running a command in it.</summary>
    public bool HasSleepAction => Minor >= 30;

    /// <summary>The version of CronJobs.</summary>
    public string CronJobApi => Minor >= 21 ? "batch/v1" : "batch/v1beta1";

    /// <summary>Reads a version such as <c>1.34.2</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The version; null when the text is not one.</returns>
    public static KubernetesVersion? TryParse(string text)
        => Pattern().Match(text) is { Success: true } match ? new(1, Number(match, 1), Number(match, 2)) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^1\.(\d{1,3})\.(\d{1,3})$")]
    private static partial Regex Pattern();
}
