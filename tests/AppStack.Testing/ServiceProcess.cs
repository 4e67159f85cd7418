using System.Diagnostics;

namespace AppStack.Testing;

/// <summary>A daemon of a test, which ends with the test even when that is killed. Root runs it as <c>postgres</c>, as Debian would.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The user as whom root runs daemons that refuse root.</summary>
    public const string User = "postgres";

    // Ends the daemon when its input ends, which it does even when the test process is killed.
    private const string Launcher = """
        signal=$1; shift
        "$@" </dev/null &
        read -r _
        kill -s "$signal" $!
        wait
        """;

    private readonly List<string> _log = [];
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>What it has printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>Starts a daemon.</summary>
    /// <param name="signal">The signal that ends it.</param>
    /// <param name="environment">Its environment variables, besides the test's.</param>
    /// <param name="command">Program and arguments.</param>
    public static ServiceProcess Start(string signal, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        var start = new ProcessStartInfo("sh", ["-c", Launcher, "service", signal, .. AsUser(command)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(Process.Start(start)!);
        service._process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="command">Program and arguments.</param>
    /// <returns>Exit code, standard output, and errors.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> TryAsync(string input, params string[] command) => RunProcessAsync(input, [.. AsUser(command)]);

    /// <summary>Runs a command to its end; it must succeed.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="command">Program and arguments.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static async Task<string> RunAsync(string input, params string[] command)
    {
        var (exitCode, output, errors) = await TryAsync(input, command);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{command[0]} ended with {exitCode}:\n{errors}{output}");
    }

    /// <summary>Gives a folder with all in it to the user as whom daemons run.</summary>
    public static async Task HandOverAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", $"{User}:{User}", folder]);
            await chown.WaitForExitAsync();
        }
    }

    /// <summary>Ends it, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Waits until it has printed a text.</summary>
    /// <exception cref="InvalidOperationException">It ended or took too long; with all that it printed.</exception>
    public async Task WaitForAsync(string text)
    {
        for (var patience = Stopwatch.StartNew(); !Log.Contains(text, StringComparison.Ordinal); await Task.Delay(10))
        {
            if (_process.HasExited || patience.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"'{text}' is not among what was printed:\n{Log}");
            }
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunProcessAsync(string input, List<string> all)
    {
        var start = new ProcessStartInfo(all[0], all.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static IEnumerable<string> AsUser(string[] command) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", "env", "HOME=/", .. command]
        : command;

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.Add(line);
        }
    }
}
