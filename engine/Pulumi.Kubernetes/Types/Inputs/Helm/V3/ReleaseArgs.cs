namespace Pulumi.Kubernetes.Types.Inputs.Helm.V3;

/// <summary>Arguments of <see cref="Pulumi.Kubernetes.Helm.V3.Release"/>.</summary>
public class ReleaseArgs : ResourceArgs
{
    [Input("values")]
    private InputMap<object>? _values;

    /// <summary>New arguments without values.</summary>
    public static new ReleaseArgs Empty => new();

    /// <summary>Whether a failed installation is removed again, and a failed upgrade rolled back; false by default.</summary>
    [Input("atomic")]
    public Input<bool>? Atomic { get; set; }

    /// <summary>A folder or archive, from the program's folder, a chart of a repository, or an address (<c>oci://</c>).</summary>
    [Input("chart", required: true)]
    public Input<string> Chart { get; set; } = null!;

    /// <summary>Whether objects that a failed upgrade made are deleted; false by default.</summary>
    [Input("cleanupOnFail")]
    public Input<bool>? CleanupOnFail { get; set; }

    /// <summary>Whether the namespace is made when it is not there; false by default.</summary>
    [Input("createNamespace")]
    public Input<bool>? CreateNamespace { get; set; }

    /// <summary>Whether the chart's dependencies are fetched first; false by default.</summary>
    [Input("dependencyUpdate")]
    public Input<bool>? DependencyUpdate { get; set; }

    /// <summary>A text for the history.</summary>
    [Input("description")]
    public Input<string>? Description { get; set; }

    /// <summary>Whether versions in development count; false by default.</summary>
    [Input("devel")]
    public Input<bool>? Devel { get; set; }

    /// <summary>Whether objects are not checked against the API server's schema; false by default.</summary>
    [Input("disableOpenapiValidation")]
    public Input<bool>? DisableOpenapiValidation { get; set; }

    /// <summary>Whether the chart's hooks do not run; false by default.</summary>
    [Input("disableWebhooks")]
    public Input<bool>? DisableWebhooks { get; set; }

    /// <summary>Whether objects that cannot be changed are made anew; false by default.</summary>
    [Input("forceUpdate")]
    public Input<bool>? ForceUpdate { get; set; }

    /// <summary>The keyring for <see cref="Verify"/>.</summary>
    [Input("keyring")]
    public Input<string>? Keyring { get; set; }

    /// <summary>How many revisions are kept; 10 by default.</summary>
    [Input("maxHistory")]
    public Input<int>? MaxHistory { get; set; }

    /// <summary>The release's name, at most 53 characters; the resource's name and 8 random digits by default.</summary>
    [Input("name")]
    public Input<string>? Name { get; set; }

    /// <summary>The release's namespace; the provider's by default.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>Whether the notes of subcharts are rendered, too; false by default.</summary>
    [Input("renderSubchartNotes")]
    public Input<bool>? RenderSubchartNotes { get; set; }

    /// <summary>Whether the name of a deleted release that is still in the history may be used; false by default.</summary>
    [Input("replace")]
    public Input<bool>? Replace { get; set; }

    /// <summary>The repository of the chart.</summary>
    [Input("repositoryOpts")]
    public Input<RepositoryOptsArgs>? RepositoryOpts { get; set; }

    /// <summary>Whether an upgrade forgets the values of the release; false by default.</summary>
    [Input("resetValues")]
    public Input<bool>? ResetValues { get; set; }

    /// <summary>Whether an upgrade keeps the values of the release; false by default.</summary>
    [Input("reuseValues")]
    public Input<bool>? ReuseValues { get; set; }

    /// <summary>Whether its objects are not waited for; false by default.</summary>
    [Input("skipAwait")]
    public Input<bool>? SkipAwait { get; set; }

    /// <summary>Whether the chart's definitions of kinds are left out; false by default.</summary>
    [Input("skipCrds")]
    public Input<bool>? SkipCrds { get; set; }

    /// <summary>Seconds that helm may take; 300 by default.</summary>
    [Input("timeout")]
    public Input<int>? Timeout { get; set; }

    /// <summary>Values of the chart. Those that are secret reach helm on its input; helm keeps them in a Secret of the cluster.</summary>
    public InputMap<object> Values
    {
        get => _values ??= new InputMap<object>();
        set => _values = value;
    }

    /// <summary>Whether the chart's signature is checked; false by default.</summary>
    [Input("verify")]
    public Input<bool>? Verify { get; set; }

    /// <summary>The chart's version; the newest by default.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }

    /// <summary>Whether its jobs are waited for, too; false by default.</summary>
    [Input("waitForJobs")]
    public Input<bool>? WaitForJobs { get; set; }
}
