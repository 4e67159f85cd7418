namespace Pulumi.Command.Local;

/// <summary>Arguments of <see cref="Command"/>.</summary>
public sealed class CommandArgs : ResourceArgs
{
    [Input("archivePaths")]
    private InputList<string>? _archivePaths;

    [Input("assetPaths")]
    private InputList<string>? _assetPaths;

    [Input("environment")]
    private InputMap<string>? _environment;

    [Input("interpreter")]
    private InputList<string>? _interpreter;

    [Input("triggers")]
    private InputList<object>? _triggers;

    /// <summary>Arguments of <see cref="Command"/>.</summary>
    public CommandArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new CommandArgs Empty => new();

    /// <summary>Whether update and delete see the last output in PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR; true by default.</summary>
    [Input("addPreviousOutputInEnv")]
    public Input<bool>? AddPreviousOutputInEnv { get; set; }

    /// <summary>Glob patterns of files to return together in <c>archive</c>.</summary>
    public InputList<string> ArchivePaths
    {
        get => _archivePaths ??= [];
        set => _archivePaths = value;
    }

    /// <summary>Glob patterns of files to return one by one in <c>assets</c>.</summary>
    public InputList<string> AssetPaths
    {
        get => _assetPaths ??= [];
        set => _assetPaths = value;
    }

    /// <summary>The command that makes the resource; runs again for an update when there is no update command.</summary>
    [Input("create")]
    public Input<string>? Create { get; set; }

    /// <summary>The command that deletes the resource; it sees the environment of the last create or update.</summary>
    [Input("delete")]
    public Input<string>? Delete { get; set; }

    /// <summary>The directory to run in; the process's own by default.</summary>
    [Input("dir")]
    public Input<string>? Dir { get; set; }

    /// <summary>Environment variables of the command, besides those of the process.</summary>
    public InputMap<string> Environment
    {
        get => _environment ??= [];
        set => _environment = value;
    }

    /// <summary>The program and arguments that the command is passed to; <c>/bin/sh -c</c> by default.</summary>
    public InputList<string> Interpreter
    {
        get => _interpreter ??= [];
        set => _interpreter = value;
    }

    /// <summary>Which of the command's streams are shown while it runs; both by default.</summary>
    [Input("logging")]
    public Input<Logging>? Logging { get; set; }

    /// <summary>What the command reads from its standard input.</summary>
    [Input("stdin")]
    public Input<string>? Stdin { get; set; }

    /// <summary>Values whose change replaces the resource: it is deleted and created again.</summary>
    public InputList<object> Triggers
    {
        get => _triggers ??= [];
        set => _triggers = value;
    }

    /// <summary>The command that updates the resource when an input changes.</summary>
    [Input("update")]
    public Input<string>? Update { get; set; }
}
