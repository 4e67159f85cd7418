using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Services;

/// <summary>
/// Arguments of a <see cref="Service"/>. Secrets are given in clear, because the names of Kubernetes' secrets follow from them; the component
/// hands them on as secrets of Pulumi only.
/// </summary>
public sealed class ServiceArgs : ResourceArgs
{
    /// <summary>The service. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required ServiceSpec Spec { get; set; }

    /// <summary>The cluster, as its administrator reaches it.</summary>
    public required Provider Provider { get; set; }

    /// <summary>The cluster's version, on which versions of its API depend.</summary>
    public required KubernetesVersion Kubernetes { get; set; }

    /// <summary>Its database; needed when the specification has one.</summary>
    public DatabaseAccess? Database { get; set; }

    /// <summary>The values of its secrets, by name.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The cluster's ingress; needed when the specification has routes.</summary>
    public ServiceIngress? Ingress { get; set; }

    /// <summary>Networks (CIDR) from which metrics are read. Default: none.</summary>
    public ImmutableArray<string> MonitoringNetworks { get; set; } = [];

    /// <summary>What has to be there before pods of a new version start: images, migrations. Default: nothing.</summary>
    public ImmutableArray<Resource> BeforeTraffic { get; set; } = [];
}
