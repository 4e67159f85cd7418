namespace Pulumi.Kubernetes.Helm;

/// <summary>Arguments of the provider's function that renders a chart.</summary>
internal sealed class TemplateArgs : InvokeArgs
{
    [Input("chart")]
    public Input<string>? Chart { get; set; }

    [Input("dependencyUpdate")]
    public Input<bool>? DependencyUpdate { get; set; }

    [Input("devel")]
    public Input<bool>? Devel { get; set; }

    [Input("includeHooks")]
    public Input<bool>? IncludeHooks { get; set; }

    [Input("name")]
    public Input<string>? Name { get; set; }

    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    [Input("repo")]
    public Input<string>? Repo { get; set; }

    [Input("skipCrds")]
    public Input<bool>? SkipCrds { get; set; }

    [Input("values")]
    public InputMap<object>? Values { get; set; }

    [Input("version")]
    public Input<string>? Version { get; set; }
}
