using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Command.Local;

/// <summary>Arguments of <see cref="Run"/> as plain values.</summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public sealed class RunArgs : InvokeArgs
{
    [Input("archivePaths")]
    private List<string>? _archivePaths;

    [Input("assetPaths")]
    private List<string>? _assetPaths;

    [Input("environment")]
    private Dictionary<string, string>? _environment;

    [Input("interpreter")]
    private List<string>? _interpreter;

    /// <summary>Arguments of <see cref="Run"/> as plain values.</summary>
    public RunArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RunArgs Empty => new();

    /// <summary>Whether update and delete see the last output in PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR; true by default.</summary>
    [Input("addPreviousOutputInEnv")]
    public bool? AddPreviousOutputInEnv { get; set; }

    /// <summary>Glob patterns of files to return together in <c>archive</c>.</summary>
    public List<string> ArchivePaths
    {
        get => _archivePaths ??= [];
        set => _archivePaths = value;
    }

    /// <summary>Glob patterns of files to return one by one in <c>assets</c>.</summary>
    public List<string> AssetPaths
    {
        get => _assetPaths ??= [];
        set => _assetPaths = value;
    }

    /// <summary>The command to run.</summary>
    [Input("command", required: true)]
    public string Command { get; set; } = null!;

    /// <summary>The directory to run in; the process's own by default.</summary>
    [Input("dir")]
    public string? Dir { get; set; }

    /// <summary>Environment variables of the command, besides those of the process.</summary>
    public Dictionary<string, string> Environment
    {
        get => _environment ??= new(StringComparer.Ordinal);
        set => _environment = value;
    }

    /// <summary>The program and arguments that the command is passed to; <c>/bin/sh -c</c> by default.</summary>
    public List<string> Interpreter
    {
        get => _interpreter ??= [];
        set => _interpreter = value;
    }

    /// <summary>Which of the command's streams are shown while it runs; both by default.</summary>
    [Input("logging")]
    public Logging? Logging { get; set; }

    /// <summary>What the command reads from its standard input.</summary>
    [Input("stdin")]
    public string? Stdin { get; set; }
}
