namespace AppStack.Components.Nodes.Bundles;

/// <summary>Files that belong together: proved by one check, made effective by one activation.</summary>
public sealed record BundleFileGroup
{
    /// <summary>Name of the group, unique in the bundle.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Shell command that must succeed before a changed file is swapped in; <c>{/path}</c> stands for the new content of
    /// that file, e.g. <c>haproxy -c -q -f {/etc/haproxy/haproxy.cfg}</c>. Default: none.
    /// </summary>
    public string? Check { get; init; }

    /// <summary>How the daemon learns of new files. Default: nothing needs to be told.</summary>
    public BundleActivation Activation { get; init; } = BundleActivation.None;

    /// <summary>Whether the activation interrupts service, so that the node has to be drained first. Default: false.</summary>
    public bool Disruptive { get; init; }

    /// <summary>Shell command that must succeed after the activation, retried until its time-out. Default: none.</summary>
    public BundleHook? Health { get; init; }
}
