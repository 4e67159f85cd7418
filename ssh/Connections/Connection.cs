using System.Collections.Concurrent;
using AppStack.Ssh.Multiplexing;

namespace AppStack.Ssh.Connections;

/// <summary>One connection to a node: a master <c>ssh</c> process that many sessions share.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly ProcessGroup _process;
    private readonly ConnectionFiles _files;
    private readonly Task<string> _stderr;
    private readonly ConcurrentBag<MuxSession> _refused = [];
    private int _limit;
    private int _used;
    private volatile bool _abandoned;
    private volatile bool _wasUsed;

    private Connection(ProcessGroup process, ConnectionFiles files, Task<string> stderr, int limit)
    {
        _process = process;
        _files = files;
        _stderr = stderr;
        _limit = limit;
        Ended = process.WaitForExitAsync();
    }

    /// <summary>Completes when the connection is gone.</summary>
    public Task Ended { get; }

    /// <summary>The control socket.</summary>
    public string SocketPath => _files.SocketPath;

    /// <summary>Whether it can be used.</summary>
    public bool IsAlive => !_abandoned && !Ended.IsCompleted;

    /// <summary>Sets a connection up.</summary>
    /// <exception cref="SshException">The node cannot be used.</exception>
    public static async Task<Connection> OpenAsync(
        RuntimeDirectory directory, SshEndpoint endpoint, SshClientOptions options, string? proxySocketPath, CancellationToken cancellationToken)
    {
        var files = ConnectionFiles.Write(directory, endpoint, proxySocketPath);
        try
        {
            var process = ProcessGroup.Start("ssh", MasterArguments.Render(endpoint, options, files), Environment(files), inheritEnvironment: false);
            process.Stdin.Dispose();
            using var output = new StreamReader(process.Stdout);
            var stderr = ReadAllAsync(process.Stderr);
            try
            {
                if (await output.ReadLineAsync(cancellationToken) is not null)
                {
                    return new Connection(process, files, stderr, options.CommandsPerConnection);
                }

                await process.WaitForExitAsync(cancellationToken);
                throw SshDiagnosis.Diagnose(endpoint, await stderr);
            }
            catch
            {
                process.ForceEnd();
                process.Dispose();
                throw;
            }
        }
        finally
        {
            files.RemoveCredentials();
        }
    }

    /// <summary>Takes the right to run one command, if there is one left.</summary>
    public bool TryTake()
    {
        if (!IsAlive || _used >= _limit)
        {
            return false;
        }

        _used++;
        return true;
    }

    /// <summary>Gives the right back.</summary>
    public void Release() => _used--;

    /// <summary>The node accepts fewer sessions than thought.</summary>
    /// <returns>Whether it accepts any.</returns>
    public bool LowerLimit()
    {
        // The node may forget an ended session a little later than this side, so one refusal too many is possible. Only one that hits the
        // very first session, with no other under way, says that there are none.
        var acceptsAny = _wasUsed || _used > 1;
        _limit = Math.Max(1, Math.Min(_limit, _used - 1));
        return acceptsAny;
    }

    /// <summary>Ends a connection that does not work any more.</summary>
    public void Abandon()
    {
        _abandoned = true;
        _process.RequestEnd();
    }

    /// <summary>Opens a session.</summary>
    /// <exception cref="MuxSessionRefusedException">The node accepts no further session.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task<MuxSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var opening = OpenSessionAsync();
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = DisposeWhenOpenAsync(opening);
            throw;
        }
    }

    /// <summary>Why the connection ended, in the words of <c>ssh</c>; for use when it has.</summary>
    public async Task<string> ExplainEndAsync(CancellationToken cancellationToken)
    {
        // The session's socket closes a moment before the process has said why.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            return SshDiagnosis.Clean(await _stderr.WaitAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            _process.RequestEnd();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await Ended.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.ForceEnd();
            }
        }

        foreach (var session in _refused)
        {
            await session.DisposeAsync();
        }

        _process.Dispose();
    }

    private async Task<MuxSession> OpenSessionAsync()
    {
        var session = await MuxSession.OpenAsync(SocketPath);
        if (session.Refusal is null)
        {
            _wasUsed = true;
            return session;
        }

        _refused.Add(session);
        throw new MuxSessionRefusedException(session.Refusal);
    }

    private static async Task DisposeWhenOpenAsync(Task<MuxSession> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await (await opening).DisposeAsync();
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Environment(ConnectionFiles files)
    {
        // Nothing of this process's environment, which may hold passphrases, is passed on.
        yield return new("PATH", System.Environment.GetEnvironmentVariable("PATH"));
        yield return new("HOME", System.Environment.GetEnvironmentVariable("HOME") ?? "/");
        yield return new("SHELL", "/bin/sh");
        yield return new("LC_ALL", "C");
        if (files.AskPassPath is not null)
        {
            yield return new("SSH_ASKPASS", files.AskPassPath);
            yield return new("SSH_ASKPASS_REQUIRE", "force");
        }
    }

    private static async Task<string> ReadAllAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
