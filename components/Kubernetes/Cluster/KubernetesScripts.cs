namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>The scripts that nodes of a cluster get.</summary>
internal static class KubernetesScripts
{
    /// <summary>What a node does in its cluster's life.</summary>
    public static string Node { get; } = Read("appstack-kubernetes.sh");

    /// <summary>kubeadm's view of containerd, where crictl cannot be had.</summary>
    public static string Crictl { get; } = Read("crictl.sh");

    /// <summary>What a control plane shows monitoring of its cluster.</summary>
    public static string Metrics { get; } = Read("appstack-metrics-kubernetes.sh");

    private static string Read(string name)
    {
        var assembly = typeof(KubernetesScripts).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"AppStack.Components.Kubernetes.Cluster.Scripts.{name}")!);
        return reader.ReadToEnd();
    }
}
