namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Where kubelet, kubeadm and kubectl come from, and with them the version of everything else.</summary>
public enum ProgramSource
{
    /// <summary>Packages where a repository is given and the nodes are not machines of a lab; built from source otherwise.</summary>
    Automatic,

    /// <summary>Upstream's Debian packages, pinned to one version, from a repository whose key is given.</summary>
    Packages,

    /// <summary>Built from Debian's source package, once per host; in <c>/opt/appstack/kubernetes/bin</c> of the nodes.</summary>
    Built,
}
