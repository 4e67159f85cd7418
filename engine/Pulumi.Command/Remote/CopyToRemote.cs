using System.Collections.Immutable;

namespace Pulumi.Command.Remote;

/// <summary>A file or tree that is copied to another machine over SSH.</summary>
[CommandResourceType("command:remote:CopyToRemote")]
public class CopyToRemote : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public CopyToRemote(string name, CopyToRemoteArgs args, CustomResourceOptions? options = null)
        : base("command:remote:CopyToRemote", name, args ?? new CopyToRemoteArgs(), MakeResourceOptions(options, ""))
    {
    }

    private CopyToRemote(string name, Input<string> id, CustomResourceOptions? options)
        : base("command:remote:CopyToRemote", name, args: null, MakeResourceOptions(options, id))
    {
    }

    /// <summary>How to reach the machine; always secret.</summary>
    [Output("connection")]
    public Output<Outputs.Connection> Connection { get; private set; } = null!;

    /// <summary>Where to put it on the machine.</summary>
    [Output("remotePath")]
    public Output<string> RemotePath { get; private set; } = null!;

    /// <summary>The file or tree to copy.</summary>
    [Output("source")]
    public Output<AssetOrArchive> Source { get; private set; } = null!;

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    [Output("triggers")]
    public Output<ImmutableArray<object>> Triggers { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="options">Its options.</param>
    public static CopyToRemote Get(string name, Input<string> id, CustomResourceOptions? options = null) => new(name, id, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            AdditionalSecretOutputs = { "connection" },
            ReplaceOnChanges = { "triggers[*]" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
