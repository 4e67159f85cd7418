namespace Pulumi.Kubernetes.Types.Inputs.Yaml.V2;

/// <summary>Arguments of <see cref="Pulumi.Kubernetes.Yaml.V2.ConfigFile"/>.</summary>
public class ConfigFileArgs : ResourceArgs
{
    /// <summary>New arguments without values.</summary>
    public static new ConfigFileArgs Empty => new();

    /// <summary>The path of a file of manifests, from the program's folder. Addresses are not fetched.</summary>
    [Input("file", required: true)]
    public Input<string> File { get; set; } = null!;

    /// <summary>What the names of its resources begin with; the component's name by default.</summary>
    [Input("resourcePrefix")]
    public Input<string>? ResourcePrefix { get; set; }

    /// <summary>Whether its objects are not waited for; false by default.</summary>
    [Input("skipAwait")]
    public Input<bool>? SkipAwait { get; set; }
}
