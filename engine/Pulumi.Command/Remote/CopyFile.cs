using System.Collections.Immutable;

namespace Pulumi.Command.Remote;

/// <summary>A file that is copied to another machine over SSH; the older form of <see cref="CopyToRemote"/>.</summary>
[Obsolete("Use CopyToRemote.")]
[CommandResourceType("command:remote:CopyFile")]
public class CopyFile : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public CopyFile(string name, CopyFileArgs args, CustomResourceOptions? options = null)
        : base("command:remote:CopyFile", name, args ?? new CopyFileArgs(), MakeResourceOptions(options, ""))
    {
    }

    private CopyFile(string name, Input<string> id, CustomResourceOptions? options)
        : base("command:remote:CopyFile", name, args: null, MakeResourceOptions(options, id))
    {
    }

    /// <summary>How to reach the machine; always secret.</summary>
    [Output("connection")]
    public Output<Outputs.Connection> Connection { get; private set; } = null!;

    /// <summary>The file to copy.</summary>
    [Output("localPath")]
    public Output<string> LocalPath { get; private set; } = null!;

    /// <summary>Where to put it on the machine.</summary>
    [Output("remotePath")]
    public Output<string> RemotePath { get; private set; } = null!;

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    [Output("triggers")]
    public Output<ImmutableArray<object>> Triggers { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="options">Its options.</param>
    public static CopyFile Get(string name, Input<string> id, CustomResourceOptions? options = null) => new(name, id, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            AdditionalSecretOutputs = { "connection" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
