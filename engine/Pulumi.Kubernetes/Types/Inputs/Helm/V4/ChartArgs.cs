namespace Pulumi.Kubernetes.Types.Inputs.Helm.V4;

/// <summary>Arguments of <see cref="Pulumi.Kubernetes.Helm.V4.Chart"/>.</summary>
public class ChartArgs : ResourceArgs
{
    [Input("values")]
    private InputMap<object>? _values;

    /// <summary>New arguments without values.</summary>
    public static new ChartArgs Empty => new();

    /// <summary>A folder or archive, from the program's folder, a chart of a repository, or an address (<c>oci://</c>).</summary>
    [Input("chart", required: true)]
    public Input<string> Chart { get; set; } = null!;

    /// <summary>Whether its dependencies are fetched first; false by default.</summary>
    [Input("dependencyUpdate")]
    public Input<bool>? DependencyUpdate { get; set; }

    /// <summary>Whether versions in development count; false by default.</summary>
    [Input("devel")]
    public Input<bool>? Devel { get; set; }

    /// <summary>Whether its hooks are made like other objects; they are left out by default.</summary>
    [Input("includeHooks")]
    public Input<bool>? IncludeHooks { get; set; }

    /// <summary>The release's name; the component's by default.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The release's namespace, also of objects that leave theirs open.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>The repository of the chart.</summary>
    [Input("repositoryOpts")]
    public Input<RepositoryOptsArgs>? RepositoryOpts { get; set; }

    /// <summary>What the names of its resources begin with; the component's name by default.</summary>
    [Input("resourcePrefix")]
    public Input<string>? ResourcePrefix { get; set; }

    /// <summary>Whether its objects are not waited for; false by default.</summary>
    [Input("skipAwait")]
    public Input<bool>? SkipAwait { get; set; }

    /// <summary>Whether its definitions of kinds are left out; false by default.</summary>
    [Input("skipCrds")]
    public Input<bool>? SkipCrds { get; set; }

    /// <summary>Values of the chart; they must not be secret.</summary>
    public InputMap<object> Values
    {
        get => _values ??= new InputMap<object>();
        set => _values = value;
    }

    /// <summary>Its version; the newest by default.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }
}
