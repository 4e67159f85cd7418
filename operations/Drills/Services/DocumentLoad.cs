using System.Diagnostics;
using System.Text.Json;

namespace AppStack.Operations.Drills.Services;

/// <summary>A running issuer of documents: a child process in the client node's network.</summary>
internal sealed class DocumentLoad : IDocumentLoad
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task _reader;
    private readonly Task<string> _stderr;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<DocumentSample> _samples = [];
    private readonly Lock _gate = new();

    private DocumentLoad(Process process)
    {
        _process = process;
        _stderr = process.StandardError.ReadToEndAsync();
        _reader = ReadAsync();
    }

    /// <summary>The documents whose fate is known so far.</summary>
    public IReadOnlyList<DocumentSample> Samples
    {
        get
        {
            lock (_gate)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>Starts, and returns when the first document is due.</summary>
    /// <exception cref="OperationException">It did not start; with what it said.</exception>
    public static async Task<DocumentLoad> StartAsync(DocumentOptions options, string networkNamespace, CancellationToken cancellationToken)
    {
        var info = SelfProcess.StartInfo(["ip", "netns", "exec", networkNamespace, .. SelfProcess.CommandLine([DocumentProgram.Verb, options.ToArgument()])]);
#pragma warning disable RS0030 // This program again, in a network namespace.
        var load = new DocumentLoad(Process.Start(info)!);
#pragma warning restore RS0030
        try
        {
            await load._ready.Task.WaitAsync(StartLimit, cancellationToken);
            return load;
        }
        catch (TimeoutException)
        {
            await load.DisposeAsync();
            throw new OperationException($"the issuer of documents gave no sign of life within {StartLimit.TotalSeconds} s: {await load._stderr}");
        }
    }

    /// <summary>Stops issuing and waits for what is under way.</summary>
    /// <exception cref="OperationException">It died; with what it said.</exception>
    public async Task<IReadOnlyList<DocumentSample>> StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
        await _reader;
        return _process.ExitCode == 0 ? Samples : throw new OperationException($"the issuer of documents ended with {_process.ExitCode}: {await _stderr}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == DocumentProgram.Ready)
            {
                _ready.TrySetResult();
                continue;
            }

            var sample = JsonSerializer.Deserialize<DocumentSample>(line)!;
            lock (_gate)
            {
                _samples.Add(sample);
            }
        }

        _ready.TrySetException(new OperationException($"the issuer of documents ended before it began: {await _stderr}"));
    }
}
