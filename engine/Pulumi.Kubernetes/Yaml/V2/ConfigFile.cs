using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Yaml.V2;

namespace Pulumi.Kubernetes.Yaml.V2;

/// <summary>The objects of a file of manifests, each a resource.</summary>
[KubernetesResourceType("kubernetes:yaml/v2:ConfigFile")]
public class ConfigFile : ComponentResource
{
    /// <summary>Declares the objects.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="args">The file.</param>
    /// <param name="options">Its options; objects inherit its provider.</param>
    public ConfigFile(string name, ConfigFileArgs? args = null, ComponentResourceOptions? options = null)
        : base("kubernetes:yaml/v2:ConfigFile", name, options)
    {
        args ??= new ConfigFileArgs();
        var file = args.File ?? throw new ArgumentException("file is required", nameof(args));
        Resources = Output.Tuple(file, args.ResourcePrefix ?? name, args.SkipAwait ?? false)
            .Apply(values => ManifestRegistration.Register(this, ManifestReader.ReadFile(values.Item1), values.Item2, values.Item3));
        RegisterOutputs();
    }

    /// <summary>The resources.</summary>
    [Output("resources")]
    public Output<ImmutableArray<object>> Resources { get; private set; }
}
