using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A Kubernetes cluster.</summary>
public sealed record ClusterDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name; nodes with this cluster and the role control-plane or worker form it.", Required = true, Format = TextFormat.Name, Example = "gov")]
    public string? Name { get; init; }

    /// <summary>The Kubernetes version.</summary>
    [Key("The exact Kubernetes version. What is built from Debian's source is 1.20.2.", Required = true, Format = TextFormat.ExactVersion, Example = "1.34.2")]
    public string? Version { get; init; }

    /// <summary>Addresses of pods.</summary>
    [Key("The addresses of pods.", Required = true, Example = "10.128.0.0/14")]
    public IPNetwork? PodNetwork { get; init; }

    /// <summary>Addresses of services.</summary>
    [Key("The addresses of services.", Required = true, Example = "10.132.0.0/16")]
    public IPNetwork? ServiceNetwork { get; init; }

    /// <summary>How pods reach each other.</summary>
    [Key("How pods reach each other across nodes.", Default = "routes")]
    public ClusterNetworking? Networking { get; init; }

    /// <summary>The virtual address of the API server.</summary>
    [Key("The name of the virtual address (edge.vips) on which the load balancers serve the API, port 6443. Needed with several control planes.", Default = "none: the only control plane's own address", Format = TextFormat.Name, Example = "api")]
    public string? ApiVip { get; init; }

    /// <summary>How fast a dead node is noticed.</summary>
    [Key("How fast a dead node is noticed: standard after 40 s, its pods replaced 5 minutes later; fast after 10 s and 20 s later, for more writes to etcd.", Default = "standard")]
    public NodeLossSpeed? NodeLoss { get; init; }

    /// <summary>Its namespaces.</summary>
    [Key("Its namespaces, each with pod security, a quota, limits, the rights of a team, and no traffic but what is declared.")]
    public IReadOnlyList<NamespaceDescriptor?> Namespaces { get; init; } = [];

    /// <summary>Its ingress.</summary>
    [Key("Its ingress, on every worker. It is the backends CLUSTER-http and CLUSTER-https of the edge's frontends, which are told the client's address with the PROXY protocol.", Default = "none")]
    public IngressDescriptor? Ingress { get; init; }

    /// <summary>Where the programs come from.</summary>
    [Key("Where kubelet, kubeadm and kubectl come from: upstream's packages, built from Debian's source (labs only), or chosen by what there is.", Default = "automatic")]
    public ClusterPrograms? Programs { get; init; }

    /// <summary>The repository of packages.</summary>
    [Key("The repository of Kubernetes' Debian packages: upstream's, or a mirror. Needed outside of labs.")]
    public PackagesDescriptor? Packages { get; init; }

    /// <summary>Where images come from.</summary>
    [Key("Where images come from: a registry's name with path. It holds the cluster's DNS server (cluster-dns:v1), too. Needed outside of labs.", Default = "in a lab, the images that were built", Example = "registry.example.org/kubernetes")]
    public string? ImageRepository { get; init; }
}
