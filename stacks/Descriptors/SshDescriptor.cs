using System.Net;

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How nodes are reached.</summary>
public sealed record SshDescriptor
{
    /// <summary>The user to log in as.</summary>
    [Key("The user to log in as; needs to be root or to have the rights of root.", Default = "root", Format = TextFormat.Name)]
    public string? User { get; init; }

    /// <summary>Where administrators come from.</summary>
    [Key("The networks from which nodes accept SSH; everything else is dropped by their firewalls.", Default = "the networks of a lab; to be given otherwise", Example = "10.0.99.0/24")]
    public IReadOnlyList<IPNetwork?> From { get; init; } = [];

    /// <summary>The port of sshd.</summary>
    [Key("The port of sshd.", Default = "22", Minimum = 1, Maximum = 65535)]
    public int? Port { get; init; }
}
