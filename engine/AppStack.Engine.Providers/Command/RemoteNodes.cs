using AppStack.Engine.Model.Providers;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>The nodes, and the time that an operation on one of them may take.</summary>
internal sealed class RemoteNodes(ISshClient ssh, TimeProvider timeProvider)
{
    public ISshClient Ssh => ssh;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Connects, when there is a limit, within it: a time limit holds for the whole operation, and until here nothing has happened.</summary>
    /// <returns>How much of the limit has passed, which is less than all of it.</returns>
    /// <exception cref="ProviderException">The node was not reached in time.</exception>
    /// <exception cref="SshException">It cannot be used.</exception>
    public async Task<TimeSpan> ConnectAsync(SshEndpoint endpoint, TimeSpan? limit, CancellationToken cancellationToken)
    {
        if (limit is not { } whole)
        {
            return TimeSpan.Zero;
        }

        var started = timeProvider.GetTimestamp();
        using var expired = new CancellationTokenSource(whole, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            await ssh.ConnectAsync(endpoint, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotReached(exception);
        }

        var spent = timeProvider.GetElapsedTime(started);
        return spent < whole ? spent : throw NotReached(innerException: null);

        ProviderException NotReached(Exception? innerException) =>
            new($"{endpoint.DisplayName} was not reached within the time limit of {whole.TotalSeconds:0.###} s, so nothing was done there.", innerException);
    }
}
