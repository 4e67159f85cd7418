namespace Pulumi.Kubernetes.Types.Inputs.Yaml.V2;

/// <summary>Arguments of <see cref="Pulumi.Kubernetes.Yaml.V2.ConfigGroup"/>.</summary>
public class ConfigGroupArgs : ResourceArgs
{
    [Input("files")]
    private InputList<string>? _files;

    [Input("objs")]
    private InputList<object>? _objs;

    /// <summary>New arguments without values.</summary>
    public static new ConfigGroupArgs Empty => new();

    /// <summary>Paths of files of manifests, from the program's folder, or patterns of such (<c>manifests/*.yaml</c>).</summary>
    public InputList<string> Files
    {
        get => _files ??= new InputList<string>();
        set => _files = value;
    }

    /// <summary>Objects, each a dictionary.</summary>
    public InputList<object> Objs
    {
        get => _objs ??= new InputList<object>();
        set => _objs = value;
    }

    /// <summary>What the names of its resources begin with; the component's name by default.</summary>
    [Input("resourcePrefix")]
    public Input<string>? ResourcePrefix { get; set; }

    /// <summary>Whether its objects are not waited for; false by default.</summary>
    [Input("skipAwait")]
    public Input<bool>? SkipAwait { get; set; }

    /// <summary>Manifests.</summary>
    [Input("yaml")]
    public Input<string>? Yaml { get; set; }
}
