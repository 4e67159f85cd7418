namespace AppStack.Ssh;

/// <summary>Why a command did not come to an end on a node.</summary>
public enum SshFailure
{
    /// <summary>The node was not reached, or did not speak SSH. Nothing ran.</summary>
    Unreachable,

    /// <summary>The node refused the user or the credentials. Nothing ran.</summary>
    AuthenticationFailed,

    /// <summary>The node answered with another host key than the pinned one. Nothing was sent to it.</summary>
    HostKeyChanged,

    /// <summary>No host key is pinned, or one that cannot be read. Nothing was sent to the node.</summary>
    HostKeyMissing,

    /// <summary>The private key cannot be used: wrong format or passphrase. Nothing ran.</summary>
    InvalidKey,

    /// <summary>There is no <c>ssh</c> program on this machine. Nothing ran.</summary>
    ClientMissing,

    /// <summary>The node's sshd does not accept an environment variable. Nothing ran.</summary>
    EnvironmentRefused,

    /// <summary>The node accepts no more sessions on a connection, not even one. Nothing ran.</summary>
    SessionRefused,

    /// <summary>The connection broke while the command ran; nobody knows how far it came.</summary>
    ConnectionLost,

    /// <summary>The command took longer than its limit and was ended; nobody knows how far it came.</summary>
    TimedOut,
}
