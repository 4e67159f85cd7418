namespace Pulumi.Command.Local;

/// <summary>Arguments of <see cref="Run"/>, which may be outputs.</summary>
public sealed class RunInvokeArgs : InvokeArgs
{
    [Input("archivePaths")]
    private InputList<string>? _archivePaths;

    [Input("assetPaths")]
    private InputList<string>? _assetPaths;

    [Input("environment")]
    private InputMap<string>? _environment;

    [Input("interpreter")]
    private InputList<string>? _interpreter;

    /// <summary>Arguments of <see cref="Run"/>, which may be outputs.</summary>
    public RunInvokeArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RunInvokeArgs Empty => new();

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

    /// <summary>The command to run.</summary>
    [Input("command", required: true)]
    public Input<string> Command { get; set; } = null!;

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
}
