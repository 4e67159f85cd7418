using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AppStack.Ssh;

/// <summary>
/// A child process in a session of its own. Ctrl-C on the terminal does not reach it, and it can be ended together with all processes
/// that it started and that did not leave its process group.
/// </summary>
public sealed class ProcessGroup : IDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    private readonly Process _process;

    private ProcessGroup(Process process) => _process = process;

    /// <summary>The id of the process, which is also the id of its group.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the first process of the group has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code, once the process has ended; 128 plus the signal's number when a signal ended it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Where to write the process's input.</summary>
    public Stream Stdin => _process.StandardInput.BaseStream;

    /// <summary>The process's output.</summary>
    public Stream Stdout => _process.StandardOutput.BaseStream;

    /// <summary>The process's error output.</summary>
    public Stream Stderr => _process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <param name="program">A name to look up in PATH, or a path.</param>
    /// <param name="arguments">The arguments. Every user of the machine can see them.</param>
    /// <param name="environment">Variables to set, or with <see langword="null"/> to remove.</param>
    /// <param name="directory">The working directory; <see langword="null"/> for the present one.</param>
    /// <param name="inheritEnvironment">Whether the variables of this process are passed on too.</param>
    /// <exception cref="IOException">The program cannot be started.</exception>
    public static ProcessGroup Start(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        string? directory = null,
        bool inheritEnvironment = true)
    {
        // setsid replaces itself by the program, so the process id is the program's.
        var start = new ProcessStartInfo("setsid", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        if (!inheritEnvironment)
        {
            start.Environment.Clear();
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        try
        {
#pragma warning disable RS0030 // This is the place.
            return new ProcessGroup(Process.Start(start)!);
#pragma warning restore RS0030
        }
        catch (Win32Exception exception)
        {
            throw new IOException(
                directory is not null && !Directory.Exists(directory)
                    ? $"The directory '{directory}' does not exist."
                    : $"'setsid' of util-linux cannot be started: {exception.Message}",
                exception);
        }
    }

    /// <summary>Waits until the first process of the group has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks all processes of the group to end.</summary>
    public void RequestEnd() => Signal(Terminate);

    /// <summary>Ends all processes of the group without asking.</summary>
    public void ForceEnd() => Signal(Kill);

    /// <summary>Asks all processes of the group to end, and ends those that have not after a while.</summary>
    public async Task EndAsync(TimeSpan gracePeriod, TimeProvider timeProvider)
    {
        RequestEnd();
        using var patience = new CancellationTokenSource(gracePeriod, timeProvider);
        try
        {
            await WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It did not listen.
        }

        // Even when the first process ended, others of the group may not have listened.
        ForceEnd();
        await WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void Signal(int signal)
    {
        // The group outlives its first process, but only the unreaped process or a living member keeps its number from being given away.
        // The result is of no interest: a group without members is what the caller wants.
        _ = NativeKill(-_process.Id, signal);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
