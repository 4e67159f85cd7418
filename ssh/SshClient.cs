using System.Collections.Concurrent;
using AppStack.Ssh.Commands;
using AppStack.Ssh.Connections;
using AppStack.Ssh.Multiplexing;

namespace AppStack.Ssh;

/// <summary>
/// Runs commands on nodes through the system's OpenSSH client. There is one <c>ssh</c> process for each connection; commands to the
/// same endpoint share it. Connections are opened when they are first needed and closed when the client is disposed, or by a helper
/// process when this process ends in any other way.
/// </summary>
public sealed class SshClient : ISshClient
{
    // Time for sshd to forget a session that has just ended.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(30);

    private readonly SshClientOptions _options;
    private readonly ConcurrentDictionary<SshEndpoint, EndpointConnections> _endpoints = new();
    private readonly Lazy<RuntimeDirectory> _directory = new(() => new RuntimeDirectory());
    private int _disposed;

    /// <summary>Makes a client; nothing is started before the first command.</summary>
    public SshClient(SshClientOptions? options = null) => _options = options ?? new SshClientOptions();

    /// <summary>Where this client keeps its sockets, for tests.</summary>
    internal string RuntimePath => _directory.Value.Path;

    /// <inheritdoc/>
    public async Task ConnectAsync(SshEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        var connections = For(endpoint);
        connections.Release(await connections.TakeAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<SshResult> RunAsync(SshEndpoint endpoint, SshCommand command, CancellationToken cancellationToken = default)
    {
        var connections = For(endpoint);
        for (var attempt = 0; ; attempt++)
        {
            var connection = await connections.TakeAsync(cancellationToken);
            var taken = true;
            try
            {
                await using var session = await connection.OpenSessionAsync(cancellationToken);
                return await new RemoteExecution(endpoint, command, _options, connection).RunAsync(session, cancellationToken);
            }
            catch (MuxSessionRefusedException exception)
            {
                taken = false;
                connections.ReleaseRefused(connection, exception.Message);
                await Task.Delay(PauseAfterRefusal, _options.TimeProvider, cancellationToken);
            }
            catch (IOException) when (attempt < _options.ConnectionsPerEndpoint)
            {
                // The connection broke while it was idle, so nothing was running: take another.
                connection.Abandon();
            }
            catch (IOException exception)
            {
                throw new SshException(
                    SshFailure.Unreachable, endpoint, $"The connections to {endpoint.DisplayName} break before a command can be started: {exception.Message}", exception);
            }
            finally
            {
                if (taken)
                {
                    connections.Release(connection);
                }
            }
        }
    }

    /// <inheritdoc/>
    public Task UploadAsync(SshEndpoint endpoint, SshUpload upload, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        new FileCopy(this, endpoint).RunAsync(upload, progress, cancellationToken);

    /// <summary>Closes all connections. Commands that still run are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await Task.WhenAll(_endpoints.Values.Select(connections => connections.DisposeAsync().AsTask()));
        if (_directory.IsValueCreated)
        {
            _directory.Value.Dispose();
        }
    }

    private EndpointConnections For(SshEndpoint endpoint)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, this);

        // Problems of the endpoint itself are told at once, not after attempts to connect.
        KnownHosts.Parse(endpoint);
        return _endpoints.GetOrAdd(endpoint, static (key, client) => new EndpointConnections(key, client._options, token => client.OpenAsync(key, token)), this);
    }

    private async Task<Connection> OpenAsync(SshEndpoint endpoint, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var proxySocket = endpoint.Proxy is null ? null : await OpenProxyAsync(endpoint.Proxy, cancellationToken);
                return await Connection.OpenAsync(_directory.Value, endpoint, _options, proxySocket, cancellationToken);
            }
            catch (SshException exception) when (exception.Failure == SshFailure.Unreachable && exception.Endpoint == endpoint && MayRetry(endpoint, failures))
            {
                _options.OnRetry?.Invoke(endpoint, exception.Message);
                await Task.Delay(Pause(failures), _options.TimeProvider, cancellationToken);
            }
        }
    }

    private static bool MayRetry(SshEndpoint endpoint, int failures) => endpoint.DialErrorLimit < 0 || failures < endpoint.DialErrorLimit;

    // As Pulumi's own retries: from a quarter of a second on, half as long again each time, at most five seconds.
    private static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(5, 0.25 * Math.Pow(1.5, Math.Min(failures, 10))));

    private async Task<string> OpenProxyAsync(SshEndpoint proxy, CancellationToken cancellationToken)
    {
        var connections = For(proxy);
        var connection = await connections.TakeAsync(cancellationToken);
        connections.Release(connection);
        return connection.SocketPath;
    }
}
