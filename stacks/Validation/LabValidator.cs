using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>A lab makes its own machines and keys; nodes that exist without us bring theirs.</summary>
internal sealed class LabValidator : IEnvironmentValidator
{
    private static readonly NodeRole[] Images =
    [
        NodeRole.Router, NodeRole.LoadBalancer, NodeRole.Backend, NodeRole.Client, NodeRole.ControlPlane, NodeRole.Worker,
        NodeRole.Database, NodeRole.Witness, NodeRole.Pooler, NodeRole.Backup, NodeRole.Restore, NodeRole.Monitoring,
        NodeRole.Registry,
    ];

    public void Validate(EnvironmentValidation context)
    {
        var lab = context.Environment.Lab;
        foreach (var (path, node) in context.Nodes())
        {
            if (lab is not null && node.Role is { } role && !Images.Contains(role))
            {
                context.Problems.Add($"{path}.role", $"a lab has no image for the role {Words.Of(role)} yet", string.Join(", ", Images.Select(image => Words.Of(image))));
            }

            if (lab is not null && node.HostKey is not null)
            {
                context.Problems.Add($"{path}.hostKey", "a machine of a lab has the host key that the lab makes for it", "leave the key out");
            }
            else if (lab is null && node.HostKey is null)
            {
                context.Problems.Add($"{path}.hostKey", "the node's SSH host key is missing", "type and base64, as `ssh-keyscan` prints them and somebody checked them on the node");
            }
            else if (node.HostKey is { } key && !LooksLikeHostKey(key))
            {
                context.Problems.Add($"{path}.hostKey", "this is not an SSH host key", "type and base64: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA...");
            }
        }

        if (lab is null)
        {
            if (context.Environment.Ssh is not { From.Count: > 0 })
            {
                context.Problems.Add(context.Environment.Ssh is null ? "" : "ssh", "nobody could log in: the networks that may use SSH are missing", "ssh.from: the networks of your administrators");
            }

            return;
        }

        var name = lab.Name ?? context.Environment.Name ?? "";
        if (name.Contains('.'))
        {
            context.Problems.Add("lab.name", $"'{name}' has a dot, which names of machines cannot have", "lab.name: a short name of its own");
        }

        foreach (var (path, network) in EnvironmentValidation.Each("networks", context.Environment.Networks))
        {
            var reachable = network.V4 is not { } v4 || lab.Host.Any(address => address is not null && v4.Contains(address));
            var needed = context.Nodes().Any(found => found.Node.Addresses.Count > 0 && found.Node.Addresses[0] is { } first && context.NetworkOf(first) == network);
            if (!reachable && needed)
            {
                context.Problems.Add("lab.host", $"this host has no address in the network {network.Name}, on which nodes are reached", $"an address in {network.V4} ({path})");
            }
        }
    }

    private static bool LooksLikeHostKey(string key)
    {
        var parts = key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2
            && parts[0] is "ssh-ed25519" or "ecdsa-sha2-nistp256" or "ecdsa-sha2-nistp384" or "ecdsa-sha2-nistp521" or "ssh-rsa"
            && parts[1].StartsWith("AAAA", StringComparison.Ordinal)
            && Convert.TryFromBase64String(parts[1], new byte[parts[1].Length], out _);
    }
}
