using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Command.Local;

/// <summary>What a local command gave.</summary>
[OutputType]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Pulumi's shape.")]
public sealed class RunResult
{
    /// <summary>Whether update and delete see the last output in PULUMI_COMMAND_STDOUT and PULUMI_COMMAND_STDERR; true by default.</summary>
    public readonly bool? AddPreviousOutputInEnv;

    /// <summary>The files that <c>archivePaths</c> matched after the command ran.</summary>
    public readonly Archive? Archive;

    /// <summary>Glob patterns of files to return together in <c>archive</c>.</summary>
    public readonly ImmutableArray<string> ArchivePaths;

    /// <summary>Glob patterns of files to return one by one in <c>assets</c>.</summary>
    public readonly ImmutableArray<string> AssetPaths;

    /// <summary>The files that <c>assetPaths</c> matched after the command ran, by path.</summary>
    public readonly ImmutableDictionary<string, AssetOrArchive>? Assets;

    /// <summary>The command to run.</summary>
    public readonly string Command;

    /// <summary>The directory to run in; the process's own by default.</summary>
    public readonly string? Dir;

    /// <summary>Environment variables of the command, besides those of the process.</summary>
    public readonly ImmutableDictionary<string, string>? Environment;

    /// <summary>The program and arguments that the command is passed to; <c>/bin/sh -c</c> by default.</summary>
    public readonly ImmutableArray<string> Interpreter;

    /// <summary>Which of the command's streams are shown while it runs; both by default.</summary>
    public readonly Logging? Logging;

    /// <summary>The command's standard error, without one trailing newline.</summary>
    public readonly string Stderr;

    /// <summary>What the command reads from its standard input.</summary>
    public readonly string? Stdin;

    /// <summary>The command's standard output, without one trailing newline.</summary>
    public readonly string Stdout;

    [OutputConstructor]
    private RunResult(
        bool? addPreviousOutputInEnv,
        Archive? archive,
        ImmutableArray<string> archivePaths,
        ImmutableArray<string> assetPaths,
        ImmutableDictionary<string, AssetOrArchive>? assets,
        string command,
        string? dir,
        ImmutableDictionary<string, string>? environment,
        ImmutableArray<string> interpreter,
        Logging? logging,
        string stderr,
        string? stdin,
        string stdout)
    {
        AddPreviousOutputInEnv = addPreviousOutputInEnv;
        Archive = archive;
        ArchivePaths = archivePaths;
        AssetPaths = assetPaths;
        Assets = assets;
        Command = command;
        Dir = dir;
        Environment = environment;
        Interpreter = interpreter;
        Logging = logging;
        Stderr = stderr;
        Stdin = stdin;
        Stdout = stdout;
    }
}
