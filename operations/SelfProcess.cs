using System.Diagnostics;

namespace AppStack.Operations;

/// <summary>Starts this same program again, however it was started: <c>dotnet appstack.dll</c> or by an executable of its own.</summary>
public static class SelfProcess
{
    /// <summary>The command line of this program with other arguments.</summary>
    public static IReadOnlyList<string> CommandLine(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "appstack.dll"), .. arguments]
            : [program, .. arguments];
    }

    /// <summary>A process that is about to be started, its streams redirected.</summary>
    public static ProcessStartInfo StartInfo(IReadOnlyList<string> commandLine)
    {
        var info = new ProcessStartInfo(commandLine[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in commandLine.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    /// <summary>Runs this program to its end.</summary>
    /// <returns>Its wall-clock time.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static async Task<TimeSpan> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await MeasureAsync(arguments, cancellationToken)).Elapsed;

    /// <summary>Runs this program to its end.</summary>
    /// <returns>Its wall-clock time, and what it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static async Task<(TimeSpan Elapsed, string Output)> MeasureAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var (exitCode, stdout, stderr) = await CaptureAsync(StartInfo(CommandLine(arguments)), cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return exitCode == 0
            ? (elapsed, stdout)
            : throw new InvalidOperationException($"`appstack {string.Join(' ', arguments)}` ended with exit code {exitCode}:\n{stdout}{stderr}");
    }

    /// <summary>Runs a program of this host to its end, with nothing on its standard input.</summary>
    /// <param name="info">From <see cref="StartInfo"/>.</param>
    /// <param name="cancellationToken">Ends the waiting once the program has ended, which Ctrl-C reaches as well.</param>
    /// <returns>How it ended and all that it wrote.</returns>
    internal static async Task<(int ExitCode, string Stdout, string Stderr)> CaptureAsync(ProcessStartInfo info, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // This program itself, or one of this host in the network of a machine that has none of its own.
        using var process = Process.Start(info)!;
#pragma warning restore RS0030
        process.StandardInput.Close();
        var stdout = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var stderr = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C reached the child as well: it finishes what it is doing and saves its state.
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return (process.ExitCode, await stdout, await stderr);
    }
}
