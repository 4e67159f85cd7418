namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Where the programs of a Kubernetes cluster come from.</summary>
public enum ClusterPrograms
{
    /// <summary>Packages where a repository is given; built in a lab.</summary>
    Automatic,

    /// <summary>Upstream's packages.</summary>
    Packages,

    /// <summary>Built from Debian's source package.</summary>
    Built,
}
