using System.Globalization;

namespace AppStack.Ssh.Connections;

/// <summary>Renders the arguments of the master <c>ssh</c> process of a connection. Nothing in them is secret.</summary>
internal static class MasterArguments
{
    public static IReadOnlyList<string> Render(SshEndpoint endpoint, SshClientOptions options, ConnectionFiles files)
    {
        List<string> arguments =
        [
            // The behaviour is to depend on the endpoint alone, not on the user's own configuration.
            "-F", "none",
            "-M", "-N", "-T", "-x", "-a",
            "-S", files.SocketPath,
            "-p", endpoint.Port.ToString(CultureInfo.InvariantCulture),
            "-l", endpoint.User,
        ];

        void Option(string name, string value) => arguments.AddRange(["-o", $"{name}={value}"]);

        // Runs once the control socket listens; the shell ends ssh when nobody is left to hear that.
        Option("PermitLocalCommand", "yes");
        Option("LocalCommand", """trap "" PIPE; echo ready || kill $PPID""");
        Option("ControlPersist", "no");
        Option("ConnectionAttempts", "1");
        Option("ConnectTimeout", endpoint.ConnectTimeout > TimeSpan.Zero ? Seconds(endpoint.ConnectTimeout) : "none");
        Option("ServerAliveInterval", Seconds(options.KeepAliveInterval));
        Option("ServerAliveCountMax", options.KeepAliveCount.ToString(CultureInfo.InvariantCulture));
        Option("ExitOnForwardFailure", "no");

        // Each of these costs time, round trips or processor at every connection, and gives nothing on a management network.
        Option("Compression", "no");
        Option("CheckHostIP", "no");
        Option("UpdateHostKeys", "no");
        Option("GSSAPIAuthentication", "no");
        Option("HostbasedAuthentication", "no");
        Option("KexAlgorithms", "^curve25519-sha256");
        Option("Ciphers", "^aes128-gcm@openssh.com");

        RenderHostKeys(endpoint, files, Option);
        RenderAuthentication(endpoint, files, Option);
        if (files.ProxySocketPath is not null)
        {
            // The connection to the proxy is one of this client's own, with its own checks.
            Option("ProxyCommand", $"ssh -F none -S {files.ProxySocketPath} -W [%h]:%p none");
        }

        arguments.AddRange(["--", endpoint.Host]);
        return arguments;
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void RenderHostKeys(SshEndpoint endpoint, ConnectionFiles files, Action<string, string> option)
    {
        option("GlobalKnownHostsFile", "none");
        if (files.KnownHostsPath is null)
        {
            option("StrictHostKeyChecking", "no");
            option("UserKnownHostsFile", "/dev/null");
            return;
        }

        option("StrictHostKeyChecking", "yes");
        option("UserKnownHostsFile", files.KnownHostsPath);
        option("HostKeyAlias", KnownHosts.Alias);
        option("HostKeyAlgorithms", string.Join(',', KnownHosts.Parse(endpoint).Select(key => key.Algorithms).Distinct(StringComparer.Ordinal)));
    }

    private static void RenderAuthentication(SshEndpoint endpoint, ConnectionFiles files, Action<string, string> option)
    {
        var asks = endpoint.Password is not null || endpoint.PrivateKeyPassphrase is not null;
        option("BatchMode", asks ? "no" : "yes");
        option("NumberOfPasswordPrompts", "1");
        option(
            "PreferredAuthentications",
            endpoint.Password is null ? "publickey" : files.KeyPath is null && endpoint.AgentSocket is null ? "password,keyboard-interactive" : "publickey,password,keyboard-interactive");

        option("IdentityFile", files.KeyPath ?? "none");
        var agent = endpoint.AgentSocket
            ?? (files.KeyPath is null && endpoint.Password is null ? Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") : null);
        option("IdentitiesOnly", agent is null ? "yes" : "no");
        option("IdentityAgent", agent ?? "none");
    }
}
