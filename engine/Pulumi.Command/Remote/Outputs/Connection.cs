using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Command.Remote.Outputs;

/// <summary>How to reach a machine over SSH.</summary>
[OutputType]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Pulumi's shape.")]
public sealed class Connection
{
    /// <summary>The SSH agent's socket; SSH_AUTH_SOCK by default.</summary>
    public readonly string? AgentSocketPath;

    /// <summary>How many failures to connect are tolerated, 0 for any number; 10 by default.</summary>
    public readonly int? DialErrorLimit;

    /// <summary>The machine's address.</summary>
    public readonly string Host;

    /// <summary>The host key to expect; any key is accepted when not given.</summary>
    public readonly string? HostKey;

    /// <summary>The password to log in with.</summary>
    public readonly string? Password;

    /// <summary>Time limit of one attempt to connect, in seconds; 15 by default.</summary>
    public readonly int? PerDialTimeout;

    /// <summary>The port; 22 by default.</summary>
    public readonly double? Port;

    /// <summary>The private key to log in with, as text.</summary>
    public readonly string? PrivateKey;

    /// <summary>The password of the private key.</summary>
    public readonly string? PrivateKeyPassword;

    /// <summary>A machine to connect through.</summary>
    public readonly ProxyConnection? Proxy;

    /// <summary>The user to log in as; root by default.</summary>
    public readonly string? User;

    [OutputConstructor]
    private Connection(
        string? agentSocketPath,
        int? dialErrorLimit,
        string host,
        string? hostKey,
        string? password,
        int? perDialTimeout,
        double? port,
        string? privateKey,
        string? privateKeyPassword,
        ProxyConnection? proxy,
        string? user)
    {
        AgentSocketPath = agentSocketPath;
        DialErrorLimit = dialErrorLimit;
        Host = host;
        HostKey = hostKey;
        Password = password;
        PerDialTimeout = perDialTimeout;
        Port = port;
        PrivateKey = privateKey;
        PrivateKeyPassword = privateKeyPassword;
        Proxy = proxy;
        User = user;
    }
}
