using System.Diagnostics;
using System.Text.Json;

namespace AppStack.Operations.Load;

/// <summary>
/// A running load generator: a child process, so that it can live in the client node's network namespace and so that what this
/// process does meanwhile (SSH, parsing, drawing) does not delay requests.
/// </summary>
public sealed class LoadProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task _reader;
    private readonly Task<string> _stderr;
    private readonly TaskCompletionSource<long> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RequestSample> _samples = [];
    private readonly Lock _gate = new();

    private LoadProcess(Process process)
    {
        _process = process;
        _stderr = process.StandardError.ReadToEndAsync();
        _reader = ReadAsync();
    }

    /// <summary>When the first request was due, in microseconds of <see cref="MonotonicClock"/>.</summary>
    public long StartMicros { get; private set; }

    /// <summary>The processor time that the generator used, in milliseconds; known after <see cref="StopAsync"/>.</summary>
    public double CpuMs { get; private set; }

    /// <summary>Starts the load and returns when the first requests are being sent.</summary>
    /// <param name="options">What to send.</param>
    /// <param name="networkNamespace">The network namespace to send from, as <c>ip netns</c> names it; <see langword="null"/> for this process's own.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">The generator did not start; with what it said.</exception>
    public static async Task<LoadProcess> StartAsync(LoadOptions options, string? networkNamespace, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // The load generator is this program again, in a network namespace.
        var load = new LoadProcess(Process.Start(StartInfo(options, networkNamespace))!);
#pragma warning restore RS0030
        try
        {
            load.StartMicros = await load._ready.Task.WaitAsync(StartLimit, cancellationToken);
            return load;
        }
        catch (Exception exception)
        {
            await load.DisposeAsync();
            throw exception is TimeoutException
                ? new InvalidOperationException($"load generator: no sign of life within {StartLimit.TotalSeconds} s: {await load._stderr}")
                : exception;
        }
    }

    /// <summary>The requests that ended so far.</summary>
    public IReadOnlyList<RequestSample> Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>Stops sending, waits for the requests that are under way (at most their timeout) and returns all samples.</summary>
    /// <exception cref="InvalidOperationException">The generator died; with what it said.</exception>
    public async Task<IReadOnlyList<RequestSample>> StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        await _reader;
        return _process.ExitCode == 0
            ? Samples
            : throw new InvalidOperationException($"load generator: exit code {_process.ExitCode}: {await _stderr}");
    }

    /// <summary>Ends the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(LoadOptions options, string? networkNamespace)
    {
        var self = SelfProcess.CommandLine(["load", .. LoadArguments.Format(options)]);
        var info = SelfProcess.StartInfo(networkNamespace is null ? self : ["ip", "netns", "exec", networkNamespace, .. self]);

        // Optimised code from the first call on: there is little of it, and it runs for seconds only.
        info.Environment["DOTNET_TieredCompilation"] = "0";
        info.Environment["DOTNET_gcConcurrent"] = "0";
        return info;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var message = SampleProtocol.Read(line);
                if (message.ReadyMicros is { } ready)
                {
                    _ready.TrySetResult(ready);
                }

                CpuMs = message.CpuMs ?? CpuMs;
                lock (_gate)
                {
                    _samples.AddRange(message.Samples);
                }
            }

            _ready.TrySetException(new InvalidOperationException($"load generator: ended before it began: {await _stderr}"));
        }
        catch (JsonException exception)
        {
            _ready.TrySetException(exception);
        }
    }
}
