using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Helm.V4;
using Pulumi.Kubernetes.Yaml;

namespace Pulumi.Kubernetes.Helm.V4;

/// <summary>The objects that a chart renders to, each a resource.</summary>
[KubernetesResourceType("kubernetes:helm.sh/v4:Chart")]
public class Chart : ComponentResource
{
    /// <summary>Declares the objects.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="args">The chart and its values.</param>
    /// <param name="options">Its options; objects inherit its provider.</param>
    public Chart(string name, ChartArgs? args = null, ComponentResourceOptions? options = null)
        : base("kubernetes:helm.sh/v4:Chart", name, options)
    {
        args ??= new ChartArgs();
        var template = new TemplateArgs
        {
            Chart = args.Chart ?? throw new ArgumentException("chart is required", nameof(args)),
            DependencyUpdate = args.DependencyUpdate,
            Devel = args.Devel,
            IncludeHooks = args.IncludeHooks,
            Name = args.Name ?? name,
            Namespace = args.Namespace,
            Repo = args.RepositoryOpts is { } repository ? (Input<string>)repository.Apply(found => (found.Repo ?? "").ToOutput()) : null,
            SkipCrds = args.SkipCrds,
            Values = args.Values,
            Version = args.Version,
        };
        var rendered = Deployment.Instance.Invoke<ImmutableDictionary<string, string>>("kubernetes:helm:template", template, new InvokeOptions { Version = Utilities.Version });
        Resources = Output.Tuple(rendered, (args.ResourcePrefix ?? name).ToOutput(), (args.SkipAwait ?? false).ToOutput())
            .Apply(values => ManifestRegistration.Register(this, ManifestReader.Read(values.Item1["manifests"], $"chart of {name}"), values.Item2, values.Item3));
        RegisterOutputs();
    }

    /// <summary>The resources.</summary>
    [Output("resources")]
    public Output<ImmutableArray<object>> Resources { get; private set; }
}
