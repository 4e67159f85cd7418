using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Outputs.Helm.V3;

namespace Pulumi.Kubernetes.Helm.V3;

/// <summary>A release that helm installs, upgrades and remembers in the cluster: one resource for all of its objects.</summary>
[KubernetesResourceType("kubernetes:helm.sh/v3:Release")]
public class Release : KubernetesResource
{
    /// <summary>Declares the release.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="args">The chart and its values.</param>
    /// <param name="options">Its options.</param>
    public Release(string name, ReleaseArgs? args = null, CustomResourceOptions? options = null)
        : base("kubernetes:helm.sh/v3:Release", name, args ?? new ReleaseArgs(), options)
    {
    }

    /// <summary>The chart.</summary>
    [Output("chart")]
    public Output<string> Chart { get; private set; } = null!;

    /// <summary>The release's name.</summary>
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    /// <summary>Its namespace.</summary>
    [Output("namespace")]
    public Output<string> Namespace { get; private set; } = null!;

    /// <summary>What helm knows of it.</summary>
    [Output("status")]
    public Output<ReleaseStatus> Status { get; private set; } = null!;

    /// <summary>The chart's version.</summary>
    [Output("version")]
    public Output<string> Version { get; private set; } = null!;
}
