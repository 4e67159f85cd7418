using System.Collections.Immutable;

namespace AppStack.Ssh.Connections;

/// <summary>Reads pinned host keys and renders the known-hosts file of a connection.</summary>
internal static class KnownHosts
{
    /// <summary>The name under which the keys are kept, in place of the node's address, so that ports and aliases need no thought.</summary>
    public const string Alias = "appstack-node";

    public static ImmutableArray<SshHostKey> Parse(SshEndpoint endpoint)
    {
        var keys = ImmutableArray.CreateBuilder<SshHostKey>();
        foreach (var text in endpoint.HostKeys.Where(text => !string.IsNullOrWhiteSpace(text)))
        {
            if (!SshHostKey.TryParse(text, out var key))
            {
                throw new SshException(
                    SshFailure.HostKeyMissing,
                    endpoint,
                    $"The host key pinned for {endpoint.DisplayName} cannot be read: '{Shorten(text)}'. It must look like the content of the node's "
                    + "/etc/ssh/ssh_host_ed25519_key.pub: 'ssh-ed25519 AAAA...'.");
            }

            keys.Add(key);
        }

        if (keys.Count == 0 && !endpoint.AllowUnknownHostKey)
        {
            throw new SshException(
                SshFailure.HostKeyMissing,
                endpoint,
                $"No host key is pinned for {endpoint.DisplayName}, so nobody could tell whether the right machine answers. Give the content of the node's "
                + "/etc/ssh/ssh_host_ed25519_key.pub as its host key (read it on the node's console, or with ssh-keyscan over a network that you trust).");
        }

        return keys.ToImmutable();
    }

    public static string Render(ImmutableArray<SshHostKey> keys) =>
        string.Concat(keys.Select(key => $"{Alias} {key.Type} {key.Base64}\n"));

    private static string Shorten(string text)
    {
        const int Longest = 60;
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }
}
