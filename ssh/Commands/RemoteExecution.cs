using System.Collections.Immutable;
using AppStack.Ssh.Connections;
using AppStack.Ssh.Multiplexing;

namespace AppStack.Ssh.Commands;

/// <summary>Runs one command in one session.</summary>
internal sealed class RemoteExecution(SshEndpoint endpoint, SshCommand command, SshClientOptions options, Connection connection)
{
    private readonly OutputCollector _stdout = new(command.OnStdoutLine);
    private readonly OutputCollector _stderr = new(command.OnStderrLine);
    private readonly ProcessMarker? _marker = command.CanBeEnded ? new ProcessMarker() : null;

    public async Task<SshResult> RunAsync(MuxSession session, CancellationToken cancellationToken)
    {
        var refused = await SetEnvironmentAsync(session, cancellationToken);
        using var limit = new CancellationTokenSource(command.Timeout - command.TimeoutSpent ?? Timeout.InfiniteTimeSpan, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var started = options.TimeProvider.GetTimestamp();
        var exit = await ExecuteAsync(session, either.Token, cancellationToken);
        var result = new SshResult(exit.Code ?? 128 + Signals.Number(exit.Signal), _stdout.Written, _stderr.Written)
        {
            Signal = exit.Signal,
            Duration = options.TimeProvider.GetElapsedTime(started),
            RefusedEnvironment = refused,
        };
        return result;
    }

    private async Task<ImmutableArray<string>> SetEnvironmentAsync(MuxSession session, CancellationToken cancellationToken)
    {
        List<string> refused = [];
        foreach (var (name, value) in command.Environment)
        {
            if (!await session.SetEnvironmentAsync(name, value, cancellationToken))
            {
                refused.Add(name);
            }
        }

        if (refused.Count > 0)
        {
            throw new SshException(
                SshFailure.EnvironmentRefused,
                endpoint,
                $"The sshd of {endpoint.DisplayName} does not accept the environment variable{(refused.Count == 1 ? "" : "s")} {string.Join(", ", refused)}, so the "
                + "command was not run. Allow them with AcceptEnv in its sshd_config, or set them in the command itself or on its standard input.");
        }

        foreach (var (name, value) in command.OptionalEnvironment)
        {
            if (!await session.SetEnvironmentAsync(name, value, cancellationToken))
            {
                refused.Add(name);
            }
        }

        return [.. refused];
    }

    private async Task<MuxExit> ExecuteAsync(MuxSession session, CancellationToken stop, CancellationToken cancellationToken)
    {
        using var abandon = new CancellationTokenSource();
        var running = RunSessionAsync(session, abandon.Token);
        try
        {
            await running.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var ended = await EndAsync(running);
            await abandon.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw TimedOut(ended);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw await ConnectionLostAsync(exception, cancellationToken);
        }

        return await running ?? throw await ConnectionLostAsync(innerException: null, cancellationToken);
    }

    private async Task<MuxExit?> RunSessionAsync(MuxSession session, CancellationToken cancellationToken)
    {
        try
        {
            if (!await session.ExecuteAsync(_marker?.Mark(command.Text) ?? command.Text, cancellationToken))
            {
                throw new SshException(SshFailure.SessionRefused, endpoint, $"The sshd of {endpoint.DisplayName} refuses to run commands.");
            }

            await using var stdin = command.Stdin is null ? null : await command.Stdin.OpenAsync(cancellationToken);
            return await session.RunAsync(stdin, data => _stdout.Add(data.Span), TakeStderr, cancellationToken);
        }
        finally
        {
            _marker?.Complete(_stderr);
            _stdout.Complete();
            _stderr.Complete();
        }
    }

    private void TakeStderr(ReadOnlyMemory<byte> data)
    {
        if (_marker is null)
        {
            _stderr.Add(data.Span);
        }
        else
        {
            _marker.Filter(data.Span, _stderr);
        }
    }

    /// <summary>Ends the command on the node.</summary>
    /// <returns>Whether it is known to have ended.</returns>
    private async Task<bool> EndAsync(Task running)
    {
        if (_marker is null)
        {
            return false;
        }

        // Beyond the grace period there are two short round trips.
        using var patience = new CancellationTokenSource(options.EndGracePeriod + TimeSpan.FromSeconds(5), options.TimeProvider);
        try
        {
            if (await _marker.ProcessId.WaitAsync(patience.Token) is { } processId)
            {
                await using var session = await connection.OpenSessionAsync(patience.Token);
                await session.ExecuteAsync(EndScript.Render(processId, options.EndGracePeriod), patience.Token);
                await session.RunAsync(stdin: null, static _ => { }, static _ => { }, patience.Token);
            }

            await running.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return running.IsCompleted;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidDataException or MuxSessionRefusedException)
        {
            return running.IsCompletedSuccessfully;
        }
    }

    private SshException TimedOut(bool ended) =>
        new(
            SshFailure.TimedOut,
            endpoint,
            $"The command on {endpoint.DisplayName} took longer than {command.Timeout!.Value.TotalSeconds:0.###} s and "
            + (ended ? "was ended" : "could not be ended; it may still run there") + "; what it did so far is unknown." + LastOutput());

    private async Task<SshException> ConnectionLostAsync(Exception? innerException, CancellationToken cancellationToken)
    {
        var why = connection.IsAlive && innerException is null ? "sshd closed the session" : await connection.ExplainEndAsync(cancellationToken);
        return new SshException(
            SshFailure.ConnectionLost,
            endpoint,
            $"The connection to {endpoint.DisplayName} was lost while the command ran{(why.Length == 0 ? "" : $" ({why})")}; whether it took effect is unknown." + LastOutput(),
            innerException);
    }

    private string LastOutput()
    {
        var output = System.Text.Encoding.UTF8.GetString(_stderr.Written.Span).TrimEnd();
        output = output.Length > 0 ? output : System.Text.Encoding.UTF8.GetString(_stdout.Written.Span).TrimEnd();
        const int Longest = 2000;
        return output.Length == 0 ? "" : $" Its last output:\n{(output.Length <= Longest ? output : output[^Longest..])}";
    }
}
