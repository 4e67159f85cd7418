using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Yaml.V2;

namespace Pulumi.Kubernetes.Yaml.V2;

/// <summary>Objects of files, of a text and of the program, each a resource.</summary>
[KubernetesResourceType("kubernetes:yaml/v2:ConfigGroup")]
public class ConfigGroup : ComponentResource
{
    /// <summary>Declares the objects.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="args">Where they are.</param>
    /// <param name="options">Its options; objects inherit its provider.</param>
    public ConfigGroup(string name, ConfigGroupArgs? args = null, ComponentResourceOptions? options = null)
        : base("kubernetes:yaml/v2:ConfigGroup", name, options)
    {
        args ??= new ConfigGroupArgs();
        Resources = Output.Tuple<ImmutableArray<string>, string, ImmutableArray<object>, string, bool>(args.Files, args.Yaml ?? "", args.Objs, args.ResourcePrefix ?? name, args.SkipAwait ?? false)
            .Apply(values => ManifestRegistration.Register(
                this,
                [.. values.Item1.SelectMany(ManifestReader.ReadPattern), .. ManifestReader.Read(values.Item2, "yaml"), .. values.Item3.Select(ManifestReader.Of)],
                values.Item4,
                values.Item5));
        RegisterOutputs();
    }

    /// <summary>The resources.</summary>
    [Output("resources")]
    public Output<ImmutableArray<object>> Resources { get; private set; }
}
