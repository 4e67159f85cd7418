namespace AppStack.Ssh.Connections;

/// <summary>The files of one connection in the runtime directory.</summary>
internal sealed class ConnectionFiles
{
    // The prompt tells what ssh asks for.
    private const string AskPass = """
        #!/bin/sh
        case "$1" in
          *assphrase*) exec cat "${0%.ask}.phrase" ;;
          *) exec cat "${0%.ask}.password" ;;
        esac
        """;

    private readonly List<string> _credentials = [];

    private ConnectionFiles(string socketPath) => SocketPath = socketPath;

    public string SocketPath { get; }

    public string? KnownHostsPath { get; private set; }

    public string? KeyPath { get; private set; }

    public string? AskPassPath { get; private set; }

    public string? ProxySocketPath { get; private init; }

    public static ConnectionFiles Write(RuntimeDirectory directory, SshEndpoint endpoint, string? proxySocketPath)
    {
        var name = RandomName.Next()[..8];
        var files = new ConnectionFiles(Path.Combine(directory.Path, $"{name}.s")) { ProxySocketPath = proxySocketPath };
        try
        {
            files.WriteAll(directory, endpoint, name);
            return files;
        }
        catch
        {
            files.RemoveCredentials();
            throw;
        }
    }

    /// <summary>Removes what is only needed while the connection is set up.</summary>
    public void RemoveCredentials()
    {
        foreach (var path in _credentials)
        {
            File.Delete(path);
        }

        _credentials.Clear();
    }

    private void WriteAll(RuntimeDirectory directory, SshEndpoint endpoint, string name)
    {
        string Write(string suffix, string content)
        {
            var path = directory.WriteSecret(name + suffix, content);
            _credentials.Add(path);
            return path;
        }

        var hostKeys = KnownHosts.Parse(endpoint);
        KnownHostsPath = hostKeys.IsEmpty ? null : Write(".hosts", KnownHosts.Render(hostKeys));
        KeyPath = endpoint.PrivateKey is null ? endpoint.PrivateKeyPath : Write(".key", NormaliseKey(endpoint.PrivateKey));
        if (endpoint.PrivateKeyPassphrase is not null || endpoint.Password is not null)
        {
            Write(".phrase", (endpoint.PrivateKeyPassphrase ?? "") + "\n");
            Write(".password", (endpoint.Password ?? "") + "\n");
            AskPassPath = Write(".ask", AskPass);
            File.SetUnixFileMode(AskPassPath, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    // OpenSSH reads a key neither with carriage returns nor without its last line feed; both happen when a key is pasted into configuration.
    private static string NormaliseKey(string key) => key.ReplaceLineEndings("\n").Trim() + "\n";
}
