using System.Collections.Immutable;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>
/// Everything that one role wants on one node. It is rendered to one document (<see cref="BundleRenderer"/>), sent on
/// standard input and applied by a script on the node: stage, check, swap, activate what changed, verify, or go back.
/// </summary>
public sealed record Bundle
{
    /// <summary>Name of the role, unique on a node; lower-case letters, digits and hyphens.</summary>
    public required string Role { get; init; }

    /// <summary>Debian packages. Default: none.</summary>
    public ImmutableArray<BundlePackage> Packages { get; init; } = [];

    /// <summary>Versions of these packages that are refused or warned of. Default: none.</summary>
    public ImmutableArray<BundleUnsafeVersions> UnsafeVersions { get; init; } = [];

    /// <summary>System users, each with a group of its own. Default: none.</summary>
    public ImmutableArray<BundleUser> Users { get; init; } = [];

    /// <summary>Directories; parents of files need not be named. Default: none.</summary>
    public ImmutableArray<BundleDirectory> Directories { get; init; } = [];

    /// <summary>Files. Default: none.</summary>
    public ImmutableArray<BundleFile> Files { get; init; } = [];

    /// <summary>How files are checked and activated, in the order of activation. Default: none.</summary>
    public ImmutableArray<BundleFileGroup> FileGroups { get; init; } = [];

    /// <summary>Kernel settings, e.g. <c>net.ipv4.ip_forward</c>; set at once and kept over a reboot. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Sysctls { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>systemd units. Default: none.</summary>
    public ImmutableArray<BundleUnit> Units { get; init; } = [];

    /// <summary>
    /// Networks (CIDR) that the role's firewall lets in for SSH. When the deployment comes from elsewhere, the node refuses
    /// the bundle instead of locking the deployer out. Default: none, no guard.
    /// </summary>
    public ImmutableArray<string> ManagementNetworks { get; init; } = [];

    /// <summary>Runs before anything disruptive happens on a node that is already in service. Default: none.</summary>
    public BundleHook? Drain { get; init; }

    /// <summary>Runs after it, also when the change failed. Default: none.</summary>
    public BundleHook? Undrain { get; init; }

    /// <summary>Must pass after every change, else the change is undone; the next node of a group is changed only then. Default: none.</summary>
    public BundleHook? HealthGate { get; init; }

    /// <summary>Whether any file is secret, and with it the whole document.</summary>
    public bool HasSecrets => Files.Any(f => f.Secret);
}
