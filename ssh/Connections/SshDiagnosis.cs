using System.Text.RegularExpressions;

namespace AppStack.Ssh.Connections;

/// <summary>Tells from what <c>ssh</c> said why a connection was not set up.</summary>
internal static partial class SshDiagnosis
{
    public static SshException Diagnose(SshEndpoint endpoint, string stderr)
    {
        var said = Clean(stderr);
        var node = endpoint.DisplayName;
        if (stderr.Contains("failed to execute ssh", StringComparison.Ordinal))
        {
            return new SshException(SshFailure.ClientMissing, endpoint, $"{node} cannot be reached: there is no 'ssh' on this machine. Install the package openssh-client.");
        }

        if (stderr.Contains("IDENTIFICATION HAS CHANGED", StringComparison.Ordinal)
            || stderr.Contains("Host key verification failed", StringComparison.Ordinal))
        {
            var offered = FingerprintPattern().Match(stderr);
            return HostKeyChanged(endpoint, offered.Success ? $"the key {offered.Value}" : "another key");
        }

        if (stderr.Contains("no matching host key type found", StringComparison.Ordinal))
        {
            var offered = OfferPattern().Match(stderr);
            return HostKeyChanged(endpoint, $"no key of that type (it offers {(offered.Success ? offered.Groups[1].Value : "others")})");
        }

        if (KeyPattern().IsMatch(stderr))
        {
            return new SshException(
                SshFailure.InvalidKey,
                endpoint,
                $"The private key for {endpoint.User}@{node} cannot be used; its text or its passphrase is wrong. ssh says: {said}");
        }

        if (stderr.Contains("Permission denied", StringComparison.Ordinal) || stderr.Contains("Too many authentication failures", StringComparison.Ordinal))
        {
            return new SshException(
                SshFailure.AuthenticationFailed,
                endpoint,
                $"{node} does not let the user '{endpoint.User}' in with {Credentials(endpoint)}. Check the user, and "
                + $"{(endpoint.Password is null ? "that the node's authorized_keys holds the public key" : "whether its sshd allows passwords")}. ssh says: {said}");
        }

        return new SshException(SshFailure.Unreachable, endpoint, $"{node} cannot be reached over SSH: {(said.Length == 0 ? "ssh ended without a word" : said)}");
    }

    /// <summary>What <c>ssh</c> said, as one line.</summary>
    public static string Clean(string stderr) =>
        string.Join(
            "; ",
            stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.StartsWith("Warning: Permanently added", StringComparison.Ordinal) && !line.StartsWith("@@@", StringComparison.Ordinal)));

    private static SshException HostKeyChanged(SshEndpoint endpoint, string offered)
    {
        var pinned = string.Join(" or ", KnownHosts.Parse(endpoint).Select(key => $"{key.Fingerprint} ({key.Type})"));
        return new SshException(
            SshFailure.HostKeyChanged,
            endpoint,
            $"The host key of {endpoint.DisplayName} is not the pinned one: pinned is {pinned}, the node answered with {offered}. "
            + "Nothing was sent to it. If the node was reinstalled, pin its new key; if not, find out who answers at this address.");
    }

    private static string Credentials(SshEndpoint endpoint) =>
        (endpoint.PrivateKey ?? endpoint.PrivateKeyPath, endpoint.Password) switch
        {
            (null, null) => "the agent's keys",
            (null, _) => "this password",
            (_, null) => "this private key",
            _ => "this private key or password",
        };

    [GeneratedRegex("SHA256:[A-Za-z0-9+/]{43}")]
    private static partial Regex FingerprintPattern();

    [GeneratedRegex("Their offer: (\\S+)")]
    private static partial Regex OfferPattern();

    [GeneratedRegex("Load key |no such identity|not accessible|incorrect passphrase|invalid format|UNPROTECTED PRIVATE KEY", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
