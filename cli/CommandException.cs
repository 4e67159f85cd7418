namespace AppStack.Cli;

/// <summary>A command cannot do what was asked; the message says why and what to do.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">What, where and how to fix.</param>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}
