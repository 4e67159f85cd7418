using Pulumi;

namespace AppStack.Components.Nodes;

/// <summary>How a <see cref="BareMetalNode"/> is reached.</summary>
public sealed class BareMetalNodeArgs : ResourceArgs
{
    /// <summary>Address or name for SSH.</summary>
    [Input("address", required: true)]
    public Input<string> Address { get; set; } = null!;

    /// <summary>User to log in as; must be root, which is what bundles need. Default: <c>root</c>.</summary>
    [Input("user")]
    public Input<string> User { get; set; } = "root";

    /// <summary>Port of the SSH daemon. Default: 22.</summary>
    [Input("port")]
    public Input<int> Port { get; set; } = 22;

    /// <summary>The private key's text (PEM); secret. Null: the SSH agent's keys. Default: null.</summary>
    [Input("privateKey")]
    public Input<string>? PrivateKey { get; set; }

    /// <summary>The node's public host key, e.g. <c>ssh-ed25519 AAAA...</c>; another key is refused. Null: whatever the engine's known hosts say. Default: null.</summary>
    [Input("hostKey")]
    public Input<string>? HostKey { get; set; }

    /// <summary>
    /// Identity of the machine's disk. When it changes, the node was installed anew or is to be repaired, and all its bundles are
    /// applied again, in place and in order. Default: null, not known.
    /// </summary>
    [Input("machine")]
    public Input<string>? Machine { get; set; }
}
