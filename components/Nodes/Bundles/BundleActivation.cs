namespace AppStack.Components.Nodes.Bundles;

/// <summary>How a daemon is told about new files. Prefer what disturbs least: reload before restart.</summary>
public sealed record BundleActivation
{
    private BundleActivation(string verb, string target)
    {
        Verb = verb;
        Target = target;
    }

    /// <summary>Nothing has to be told.</summary>
    public static BundleActivation None { get; } = new("", "");

    /// <summary><c>reload</c>, <c>restart</c>, <c>run</c>, or empty.</summary>
    public string Verb { get; }

    /// <summary>The unit or the command.</summary>
    public string Target { get; }

    /// <summary>Reloads a unit; a unit that is not running is left to be started.</summary>
    /// <param name="unit">The unit's full name, e.g. <c>haproxy.service</c>.</param>
    /// <returns>The activation.</returns>
    public static BundleActivation Reload(string unit) => new("reload", unit);

    /// <summary>Restarts a unit; a unit that is not running is left to be started.</summary>
    /// <param name="unit">The unit's full name.</param>
    /// <returns>The activation.</returns>
    public static BundleActivation Restart(string unit) => new("restart", unit);

    /// <summary>Runs a shell command; it must be safe to run again with the previous files, which is how a failed change is undone.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The activation.</returns>
    public static BundleActivation Run(string command) => new("run", command);
}
