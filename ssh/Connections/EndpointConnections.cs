namespace AppStack.Ssh.Connections;

/// <summary>
/// The connections to one node. A command takes a place on one of them; a further connection is opened when all places are taken, and
/// commands wait when there are as many connections as may be. All who wait for a connection share one attempt and its outcome.
/// </summary>
internal sealed class EndpointConnections(SshEndpoint endpoint, SshClientOptions options, Func<CancellationToken, Task<Connection>> open) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Connection> _connections = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Opening? _opening;
    private bool _disposed;

    /// <summary>Takes a place on a connection.</summary>
    /// <exception cref="SshException">The node cannot be used.</exception>
    public async Task<Connection> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Opening? opening = null;
            Task changed;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(SshClient));
                RemoveEnded();
                foreach (var connection in _connections)
                {
                    if (connection.TryTake())
                    {
                        return connection;
                    }
                }

                changed = _changed.Task;
                if (_opening is not null || _connections.Count < options.ConnectionsPerEndpoint)
                {
                    opening = _opening ??= new Opening(OpenAsync);
                    opening.Waiting++;
                }
            }

            if (opening is null)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                await opening.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Leave(opening);
            }
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(Connection connection)
    {
        lock (_lock)
        {
            connection.Release();
            SignalChange();
        }
    }

    /// <summary>Gives a place back that the node refused to fill.</summary>
    /// <exception cref="SshException">The node accepts no session at all.</exception>
    public void ReleaseRefused(Connection connection, string reason)
    {
        lock (_lock)
        {
            var usable = connection.LowerLimit();
            connection.Release();
            SignalChange();
            if (!usable)
            {
                throw new SshException(
                    SshFailure.SessionRefused,
                    endpoint,
                    $"{endpoint.DisplayName} accepts the connection, but no session on it ({reason}). Look at MaxSessions, ForceCommand and PermitTTY in its sshd_config.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Connection[] connections;
        Opening? opening;
        lock (_lock)
        {
            _disposed = true;
            connections = [.. _connections];
            opening = _opening;
            _connections.Clear();
            SignalChange();
        }

        if (opening is not null)
        {
            await opening.Cancel.CancelAsync();
            await opening.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }

    private async Task OpenAsync(Opening opening)
    {
        try
        {
            var connection = await open(opening.Cancel.Token);
            var added = false;
            lock (_lock)
            {
                if (!_disposed)
                {
                    _connections.Add(connection);
                    added = true;
                }
            }

            if (!added)
            {
                await connection.DisposeAsync();
            }
        }
        finally
        {
            Forget(opening);
        }
    }

    private void Forget(Opening opening)
    {
        lock (_lock)
        {
            if (_opening == opening)
            {
                _opening = null;
            }
        }
    }

    private void Leave(Opening opening)
    {
        lock (_lock)
        {
            // Nobody is left who wants it: a node that does not answer is not called for ever.
            if (--opening.Waiting == 0 && !opening.Task.IsCompleted)
            {
                Forget(opening);
                opening.Cancel.Cancel();
            }
        }
    }

    private void RemoveEnded()
    {
        foreach (var ended in _connections.FindAll(connection => !connection.IsAlive))
        {
            _connections.Remove(ended);
            _ = ended.DisposeAsync().AsTask();
        }
    }

    private void SignalChange()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Opening
    {
        public Opening(Func<Opening, Task> open) => Task = System.Threading.Tasks.Task.Run(() => open(this));

        public CancellationTokenSource Cancel { get; } = new();

        public Task Task { get; }

        public int Waiting { get; set; }
    }
}
