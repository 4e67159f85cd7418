using System.Collections.Immutable;

namespace AppStack.Engine.Operations;

/// <summary>Where a project is, and what it may use.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The folder of <c>Pulumi.yaml</c>.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The packages that programs may use.</summary>
    public ImmutableArray<ProviderRegistration> Providers { get; init; } = [];

    /// <summary>
    /// The backend (<c>file://...</c>). Default: <c>PULUMI_BACKEND_URL</c>, else <c>backend.url</c> of the project, else the project's folder.
    /// </summary>
    public string? BackendUrl { get; init; }

    /// <summary>
    /// The folder of the stacks' settings (<c>Pulumi.STACK.yaml</c>); <see langword="null"/> for the one that <c>Pulumi.yaml</c> names.
    /// An environment whose descriptor lies elsewhere keeps its settings beside it.
    /// </summary>
    public string? StackConfigDirectory { get; init; }

    /// <summary>
    /// A file that holds the passphrase when neither <c>PULUMI_CONFIG_PASSPHRASE</c> nor <c>PULUMI_CONFIG_PASSPHRASE_FILE</c> is set. One
    /// with a random passphrase, readable by its owner only, is made when it is missing.
    /// </summary>
    public string? PassphraseFile { get; init; }

    /// <summary>
    /// The same where stacks of one backend have passphrases of their own, which a stack that reads another one's outputs needs, too; a stack for which it
    /// is <see langword="null"/> has <see cref="PassphraseFile"/>.
    /// </summary>
    public Func<string, string?>? PassphraseFileOf { get; init; }

    /// <summary>Hears things that people should know outside an operation: a stale lock that was removed, a run that was recovered.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Environment variables. Default: those of the process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes ids of locks and providers.</summary>
    public Func<Guid> NewId { get; init; } = Guid.NewGuid;

    /// <summary>Runs programs; the SDK's host by default.</summary>
    public IProgramHost? Host { get; init; }

    /// <summary>The files of the backend; tests let them fail.</summary>
    internal Backend.IStateFiles Files { get; init; } = new Backend.DiskFiles();

    /// <summary>The processes of the machine.</summary>
    internal Backend.IProcessTable Processes { get; init; } = new Backend.ProcessTable();

    /// <summary>The passphrase of a stack.</summary>
    internal Secrets.PassphraseSource Passphrase(string stack) => new(Environment, PassphraseFileOf?.Invoke(stack) ?? PassphraseFile);
}
