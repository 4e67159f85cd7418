using AppStack.Components.Lab;
using AppStack.Ssh;
using AppStack.Stacks.Environments;

namespace AppStack.Operations;

/// <summary>
/// How the nodes of an environment are reached. A lab's key and host keys are files of the lab; elsewhere the descriptor holds the host keys and
/// the person's own SSH agent or key opens the door. Neither needs the stack's state or its passphrase: operations must work without.
/// </summary>
public static class NodeEndpoints
{
    /// <summary>The endpoints by node name.</summary>
    public static IReadOnlyDictionary<string, SshEndpoint> For(EnvironmentSpec environment)
    {
        var hostKeys = environment.Lab is { } lab ? KnownHosts.ReadFile(LabPaths.For(lab.Name).KnownHostsFile) : null;
        return environment.Nodes.ToDictionary(node => node.Name, node => Endpoint(environment, node, hostKeys), StringComparer.Ordinal);
    }

    private static SshEndpoint Endpoint(EnvironmentSpec environment, NodeSpec node, ILookup<string, string>? labHostKeys) => new()
    {
        Name = node.Name,
        Host = node.Management.ToString(),
        Port = environment.Ssh.Port,
        User = environment.Ssh.User,
        PrivateKeyPath = environment.Lab is { } lab ? LabPaths.For(lab.Name).PrivateKeyFile : null,
        HostKeys = labHostKeys is not null ? [.. labHostKeys[node.Management.ToString()]]
            : node.HostKey is { } key ? [key]
            : [],
    };
}
