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
#pragma warning disable RS0030 // It is this program itself, measured as a whole process.
        using var process = Process.Start(StartInfo(CommandLine(arguments)))!;
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

        var elapsed = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? (elapsed, await stdout)
            : throw new InvalidOperationException(
                $"`appstack {string.Join(' ', arguments)}` ended with exit code {process.ExitCode}:\n{await stdout}{await stderr}");
    }
}
