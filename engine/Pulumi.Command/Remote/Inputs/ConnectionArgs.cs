namespace Pulumi.Command.Remote.Inputs;

/// <summary>How to reach a machine over SSH.</summary>
public sealed class ConnectionArgs : ResourceArgs
{
    [Input("password")]
    private Input<string>? _password;

    [Input("privateKey")]
    private Input<string>? _privateKey;

    [Input("privateKeyPassword")]
    private Input<string>? _privateKeyPassword;

    /// <summary>How to reach a machine over SSH.</summary>
    public ConnectionArgs()
    {
        DialErrorLimit = 10;
        PerDialTimeout = 15;
        Port = 22;
        User = "root";
    }

    /// <summary>New arguments without values.</summary>
    public static new ConnectionArgs Empty => new();

    /// <summary>The SSH agent's socket; SSH_AUTH_SOCK by default.</summary>
    [Input("agentSocketPath")]
    public Input<string>? AgentSocketPath { get; set; }

    /// <summary>How many failures to connect are tolerated, 0 for any number; 10 by default.</summary>
    [Input("dialErrorLimit")]
    public Input<int>? DialErrorLimit { get; set; }

    /// <summary>The machine's address.</summary>
    [Input("host", required: true)]
    public Input<string> Host { get; set; } = null!;

    /// <summary>The host key to expect; any key is accepted when not given.</summary>
    [Input("hostKey")]
    public Input<string>? HostKey { get; set; }

    /// <summary>The password to log in with; always secret.</summary>
    public Input<string>? Password
    {
        get => _password;
        set => _password = Utilities.AsSecret(value);
    }

    /// <summary>Time limit of one attempt to connect, in seconds; 15 by default.</summary>
    [Input("perDialTimeout")]
    public Input<int>? PerDialTimeout { get; set; }

    /// <summary>The port; 22 by default.</summary>
    [Input("port")]
    public Input<double>? Port { get; set; }

    /// <summary>The private key to log in with, as text; always secret.</summary>
    public Input<string>? PrivateKey
    {
        get => _privateKey;
        set => _privateKey = Utilities.AsSecret(value);
    }

    /// <summary>The password of the private key; always secret.</summary>
    public Input<string>? PrivateKeyPassword
    {
        get => _privateKeyPassword;
        set => _privateKeyPassword = Utilities.AsSecret(value);
    }

    /// <summary>A machine to connect through.</summary>
    [Input("proxy")]
    public Input<ProxyConnectionArgs>? Proxy { get; set; }

    /// <summary>The user to log in as; root by default.</summary>
    [Input("user")]
    public Input<string>? User { get; set; }
}
