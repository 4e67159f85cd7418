namespace AppStack.Ssh;

/// <summary>A command did not come to an end on a node; <see cref="Failure"/> says why.</summary>
public sealed class SshException : Exception
{
    /// <summary>Makes an exception; the message names the node and says how to fix it.</summary>
    public SshException(SshFailure failure, SshEndpoint endpoint, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        Endpoint = endpoint;
    }

    /// <summary>Why it did not.</summary>
    public SshFailure Failure { get; }

    /// <summary>The node.</summary>
    public SshEndpoint Endpoint { get; }

    /// <summary>Whether the command may have had an effect nevertheless.</summary>
    public bool OutcomeUnknown => Failure is SshFailure.ConnectionLost or SshFailure.TimedOut;
}
