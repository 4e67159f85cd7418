using System.Collections.Immutable;
using System.Text;

namespace AppStack.Ssh;

/// <summary>
/// A node and how to log in to it. Two equal endpoints share their connections, so that whoever describes a node in the same words
/// also uses the same connection.
/// </summary>
public sealed record SshEndpoint
{
    /// <summary>The node's name or address; an IPv6 address is written without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port.</summary>
    /// <value>The default value is 22.</value>
    public int Port { get; init; } = 22;

    /// <summary>The user to log in as.</summary>
    /// <value>The default value is <c>root</c>.</value>
    public string User { get; init; } = "root";

    /// <summary>What messages call the node; <see langword="null"/> for its host and port.</summary>
    public string? Name { get; init; }

    /// <summary>The text of a private key. It is written to a 0600 file in memory-backed storage while the connection is set up, and to nowhere else.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The path of a private key; used when <see cref="PrivateKey"/> is <see langword="null"/>.</summary>
    public string? PrivateKeyPath { get; init; }

    /// <summary>The passphrase of the private key.</summary>
    public string? PrivateKeyPassphrase { get; init; }

    /// <summary>The user's password; tried after keys.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// The socket of an SSH agent; <see langword="null"/> for the one that SSH_AUTH_SOCK names, which is asked only when neither a key
    /// nor a password is given.
    /// </summary>
    public string? AgentSocket { get; init; }

    /// <summary>The public keys by which the node is known, each as <c>type base64 [comment]</c>.</summary>
    public ImmutableArray<string> HostKeys { get; init; } = [];

    /// <summary>Whether to trust whoever answers when <see cref="HostKeys"/> is empty. Anybody on the way can then read and change everything.</summary>
    public bool AllowUnknownHostKey { get; init; }

    /// <summary>The host through which the node is reached; <see langword="null"/> for a direct connection.</summary>
    public SshEndpoint? Proxy { get; init; }

    /// <summary>The limit for one attempt to connect, up to and including the key exchange; zero for none.</summary>
    /// <value>The default value is 15 seconds, as in Pulumi's command provider.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many attempts to reach the node may fail before giving up; -1 for any number.</summary>
    /// <value>The default value is 10, as in Pulumi's command provider.</value>
    public int DialErrorLimit { get; init; } = 10;

    /// <summary>What messages call the node.</summary>
    public string DisplayName => Name is null ? Address : $"{Name} ({Address})";

    private string Address => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <inheritdoc/>
    public bool Equals(SshEndpoint? other) =>
        other is not null
        && Host == other.Host
        && Port == other.Port
        && User == other.User
        && Name == other.Name
        && PrivateKey == other.PrivateKey
        && PrivateKeyPath == other.PrivateKeyPath
        && PrivateKeyPassphrase == other.PrivateKeyPassphrase
        && Password == other.Password
        && AgentSocket == other.AgentSocket
        && AllowUnknownHostKey == other.AllowUnknownHostKey
        && ConnectTimeout == other.ConnectTimeout
        && DialErrorLimit == other.DialErrorLimit
        && HostKeys.AsSpan().SequenceEqual(other.HostKeys.AsSpan())
        && Equals(Proxy, other.Proxy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Host, Port, User, PrivateKey, PrivateKeyPath, Proxy);

    /// <summary>Names the node; never shows credentials.</summary>
    public override string ToString() => Proxy is null ? $"{User}@{DisplayName}" : $"{User}@{DisplayName} through {Proxy}";

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(ToString());
        return true;
    }
}
