using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A root file system: the base system and packages on top of it.</summary>
/// <param name="Name">What machines of this image are for; part of resource names.</param>
/// <param name="Packages">Debian packages, installed without recommended ones and with their default configuration.</param>
public sealed record LabImageSpec(string Name, ImmutableArray<string> Packages)
{
    /// <summary>
    /// Whether machines of this image run containers and find Kubernetes' programs in <c>/opt/appstack/kubernetes/bin</c> and its images in
    /// containerd's store. They may do more on the host than other machines: mount, read the kernel's log. Default: false.
    /// </summary>
    public bool Kubernetes { get; init; }
}
