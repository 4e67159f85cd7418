using System.Collections.Immutable;

namespace AppStack.Ssh;

/// <summary>A command for a node.</summary>
/// <param name="Text">The command line, for the login shell of the user.</param>
public sealed record SshCommand(string Text)
{
    /// <summary>What the command reads; <see langword="null"/> for nothing.</summary>
    public SshInput? Stdin { get; init; }

    /// <summary>
    /// Environment variables, set by the protocol's own means. The node's sshd has to accept each of them (<c>AcceptEnv</c>); one that it
    /// refuses keeps the command from running.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Variables that are set when sshd accepts them, and left out otherwise; <see cref="SshResult.RefusedEnvironment"/> names those.
    /// </summary>
    public ImmutableSortedDictionary<string, string> OptionalEnvironment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The limit for the command itself, connecting not included; <see langword="null"/> for none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How much of <see cref="Timeout"/> has passed already, where something else counts too.</summary>
    /// <value>The default value is zero.</value>
    public TimeSpan TimeoutSpent { get; init; }

    /// <summary>Called for each line of standard output as it arrives.</summary>
    public Action<string>? OnStdoutLine { get; init; }

    /// <summary>Called for each line of standard error as it arrives.</summary>
    public Action<string>? OnStderrLine { get; init; }

    /// <summary>
    /// Whether the command can be ended when it takes too long or is cancelled. This puts a line before the command by which the shell
    /// tells its process id, and so needs a POSIX shell; <see langword="false"/> sends the command as it is.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool CanBeEnded { get; init; } = true;

    /// <summary>Shows neither input nor environment, which may hold secrets.</summary>
    public override string ToString() => Text;
}
