using System.Collections.Concurrent;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Tests.Common;

/// <summary>Nodes on which everything succeeds at once; keeps what was asked of them.</summary>
internal sealed class RecordingSsh : ISshClient
{
    private int _connects;

    public ConcurrentQueue<SshEndpoint> Endpoints { get; } = new();

    public ConcurrentQueue<SshCommand> Commands { get; } = new();

    public int Connects => _connects;

    public Task ConnectAsync(SshEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _connects);
        return Task.CompletedTask;
    }

    public Task<SshResult> RunAsync(SshEndpoint endpoint, SshCommand command, CancellationToken cancellationToken = default)
    {
        Endpoints.Enqueue(endpoint);
        Commands.Enqueue(command);
        return Task.FromResult(SshResult.Of(0));
    }

    public Task UploadAsync(SshEndpoint endpoint, SshUpload upload, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Endpoints.Enqueue(endpoint);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
