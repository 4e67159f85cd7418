namespace Pulumi.Command.Remote;

/// <summary>Arguments of <see cref="CopyFile"/>.</summary>
public sealed class CopyFileArgs : ResourceArgs
{
    [Input("connection", required: true)]
    private Input<Inputs.ConnectionArgs>? _connection;

    [Input("triggers")]
    private InputList<object>? _triggers;

    /// <summary>Arguments of <see cref="CopyFile"/>.</summary>
    public CopyFileArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new CopyFileArgs Empty => new();

    /// <summary>How to reach the machine; always secret.</summary>
    public Input<Inputs.ConnectionArgs>? Connection
    {
        get => _connection;
        set => _connection = Utilities.AsSecret(value);
    }

    /// <summary>The file to copy.</summary>
    [Input("localPath", required: true)]
    public Input<string> LocalPath { get; set; } = null!;

    /// <summary>Where to put it on the machine.</summary>
    [Input("remotePath", required: true)]
    public Input<string> RemotePath { get; set; } = null!;

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    public InputList<object> Triggers
    {
        get => _triggers ??= [];
        set => _triggers = value;
    }
}
