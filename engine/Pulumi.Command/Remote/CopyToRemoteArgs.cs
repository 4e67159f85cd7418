namespace Pulumi.Command.Remote;

/// <summary>Arguments of <see cref="CopyToRemote"/>.</summary>
public sealed class CopyToRemoteArgs : ResourceArgs
{
    [Input("connection", required: true)]
    private Input<Inputs.ConnectionArgs>? _connection;

    [Input("triggers")]
    private InputList<object>? _triggers;

    /// <summary>Arguments of <see cref="CopyToRemote"/>.</summary>
    public CopyToRemoteArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new CopyToRemoteArgs Empty => new();

    /// <summary>How to reach the machine; always secret.</summary>
    public Input<Inputs.ConnectionArgs>? Connection
    {
        get => _connection;
        set => _connection = Utilities.AsSecret(value);
    }

    /// <summary>Where to put it on the machine.</summary>
    [Input("remotePath", required: true)]
    public Input<string> RemotePath { get; set; } = null!;

    /// <summary>The file or tree to copy.</summary>
    [Input("source", required: true)]
    public Input<AssetOrArchive> Source { get; set; } = null!;

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    public InputList<object> Triggers
    {
        get => _triggers ??= [];
        set => _triggers = value;
    }
}
