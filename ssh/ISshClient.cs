namespace AppStack.Ssh;

/// <summary>Runs commands on nodes. Members may be called concurrently, for the same node too.</summary>
public interface ISshClient : IAsyncDisposable
{
    /// <summary>Connects to a node, so that the next command finds a connection; does nothing when there is one.</summary>
    /// <exception cref="SshException">The node cannot be used.</exception>
    Task ConnectAsync(SshEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Runs a command on a node. A command that fails is a result like any other.</summary>
    /// <exception cref="SshException">The command did not come to an end.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the command was ended on the node.</exception>
    Task<SshResult> RunAsync(SshEndpoint endpoint, SshCommand command, CancellationToken cancellationToken = default);

    /// <summary>Copies a file or a directory to a node.</summary>
    /// <param name="endpoint">The node.</param>
    /// <param name="upload">What to copy, and where to.</param>
    /// <param name="progress">Told how many bytes were sent so far; <see langword="null"/> when nobody watches.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    /// <exception cref="SshException">The copy did not come to an end.</exception>
    /// <exception cref="SshCommandException">The node could not write it; the message holds the node's own.</exception>
    Task UploadAsync(SshEndpoint endpoint, SshUpload upload, IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}
