using System.Collections.Immutable;
using System.Text;

namespace AppStack.Ssh;

/// <summary>How a remote command ended.</summary>
/// <param name="ExitCode">Its exit code; 128 plus the signal's number, as shells have it, when a signal ended it.</param>
/// <param name="StdoutBytes">What it wrote to standard output.</param>
/// <param name="StderrBytes">What it wrote to standard error.</param>
public sealed record SshResult(int ExitCode, ReadOnlyMemory<byte> StdoutBytes, ReadOnlyMemory<byte> StderrBytes)
{
    private string? _stdout;
    private string? _stderr;

    /// <summary>The name of the signal that ended it, without SIG; <see langword="null"/> when it ended by itself.</summary>
    public string? Signal { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The variables of <see cref="SshCommand.OptionalEnvironment"/> that sshd refused.</summary>
    public ImmutableArray<string> RefusedEnvironment { get; init; } = [];

    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0 && Signal is null;

    /// <summary>Standard output as text; bytes that are no UTF-8 are replaced.</summary>
    public string Stdout => _stdout ??= Encoding.UTF8.GetString(StdoutBytes.Span);

    /// <summary>Standard error as text; bytes that are no UTF-8 are replaced.</summary>
    public string Stderr => _stderr ??= Encoding.UTF8.GetString(StderrBytes.Span);

    /// <summary>Makes a result of texts, as tests need it.</summary>
    public static SshResult Of(int exitCode, string stdout = "", string stderr = "") =>
        new(exitCode, Encoding.UTF8.GetBytes(stdout), Encoding.UTF8.GetBytes(stderr));

    /// <summary>This result, or an exception with the command's own output when it failed.</summary>
    /// <param name="what">What the command was to do, for the message.</param>
    /// <exception cref="SshCommandException">The command failed.</exception>
    public SshResult EnsureSuccess(string what) => Succeeded ? this : throw new SshCommandException(what, this);
}
