using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AppStack.Testing;

/// <summary>
/// A real <c>sshd</c> on 127.0.0.1 with keys and a configuration of its own, for as long as a test needs it. The user who runs the test
/// logs in with a throwaway key.
/// </summary>
public sealed class SshServer : IAsyncDisposable
{
    // Ends the server when its input ends, which it does even when the test process is killed.
    private const string Launcher = """
        "$1" -D -e -f "$2" &
        read -r _
        kill $!
        wait
        """;

    private readonly string _directory;
    private readonly List<string> _log = [];
    private TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    private SshServer(string directory, int port)
    {
        _directory = directory;
        Port = port;
    }

    /// <summary>The program; Debian's openssh-server installs it here.</summary>
    public static string Program => "/usr/sbin/sshd";

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>The address it listens on.</summary>
    public static string Host => "127.0.0.1";

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>The user to log in as.</summary>
    public static string User => Environment.UserName;

    /// <summary>The text of a private key that it accepts.</summary>
    public string PrivateKey { get; private set; } = "";

    /// <summary>The text of the same key, encrypted with <see cref="Passphrase"/>.</summary>
    public string EncryptedPrivateKey { get; private set; } = "";

    /// <summary>The passphrase of <see cref="EncryptedPrivateKey"/>.</summary>
    public string Passphrase { get; } = "open sesame " + Guid.NewGuid().ToString("N");

    /// <summary>Its public host key.</summary>
    public string HostKey { get; private set; } = "";

    /// <summary>How many connections it has let in so far.</summary>
    public int AcceptedConnections
    {
        get
        {
            lock (_log)
            {
                return _log.Count(line => line.Contains("Accepted publickey", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>What it has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <summary>The directory that is the user's home in its sessions; empty at first.</summary>
    public string Home => Path.Combine(_directory, "home");

    /// <summary>Starts a server.</summary>
    /// <param name="configuration">Further lines of sshd_config.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message holds its log.</exception>
    public static async Task<SshServer> StartAsync(params string[] configuration)
    {
        var directory = Directory.CreateTempSubdirectory("appstack-sshd-").FullName;
        var server = new SshServer(directory, FindFreePort());
        Directory.CreateDirectory(server.Home);
        server.HostKey = await MakeKeyAsync(Path.Combine(directory, "host"), "");
        var publicKey = await MakeKeyAsync(Path.Combine(directory, "user"), "");
        var encryptedPublicKey = await MakeKeyAsync(Path.Combine(directory, "encrypted"), server.Passphrase);
        server.PrivateKey = await File.ReadAllTextAsync(Path.Combine(directory, "user"));
        server.EncryptedPrivateKey = await File.ReadAllTextAsync(Path.Combine(directory, "encrypted"));
        await File.WriteAllTextAsync(Path.Combine(directory, "authorized_keys"), $"{publicKey}\n{encryptedPublicKey}\n");
        await File.WriteAllLinesAsync(Path.Combine(directory, "sshd_config"), [.. server.Configuration(), .. configuration]);
        if (Environment.IsPrivilegedProcess)
        {
            // sshd insists on its own empty directory even where it needs it no more.
            Directory.CreateDirectory("/run/sshd");
        }

        await server.RunAsync();
        return server;
    }

    /// <summary>The private key in another type, with which it does not let anybody in.</summary>
    public static async Task<string> MakeUnknownKeyAsync()
    {
        var directory = Directory.CreateTempSubdirectory("appstack-key-").FullName;
        try
        {
            await MakeKeyAsync(Path.Combine(directory, "key"), "");
            return await File.ReadAllTextAsync(Path.Combine(directory, "key"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Cuts all connections off, as a dying node does, and keeps listening.</summary>
    public void KillConnections()
    {
        foreach (var child in Children(_process!.Id).SelectMany(Children))
        {
            foreach (var grandchild in Children(child))
            {
                // Without privileges sshd splits each connection into two processes; the commands below them live on, as on a real node.
                if (ProcessName(grandchild) == "sshd")
                {
                    KillProcess(grandchild);
                }
            }

            KillProcess(child);
        }
    }

    /// <summary>Makes all connections fall silent, as a node does whose cable is cut.</summary>
    public async Task FreezeConnectionsAsync()
    {
        var servers = Children(_process!.Id).SelectMany(Children).SelectMany(child => Children(child).Prepend(child)).Where(id => ProcessName(id) == "sshd");
        using var kill = Process.Start("kill", ["-s", "STOP", .. servers.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Stops listening and cuts all connections off.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            KillConnections();
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Listens again after <see cref="StopAsync"/>.</summary>
    public Task RestartAsync() => RunAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> MakeKeyAsync(string path, string passphrase)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", path]))!;
        await process.WaitForExitAsync();
        return (await File.ReadAllTextAsync(path + ".pub")).Trim();
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(id) == parent)
            {
                yield return id;
            }
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            // The name in parentheses may hold spaces; what follows it is: state, parent.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1;
        }
    }

    private static string ProcessName(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void KillProcess(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private string[] Configuration() =>
    [
        $"Port {Port}",
        $"ListenAddress {Host}",
        $"HostKey {Path.Combine(_directory, "host")}",
        $"AuthorizedKeysFile {Path.Combine(_directory, "authorized_keys")}",
        "PidFile none",
        "PasswordAuthentication no",
        "StrictModes no",
        "UseDNS no",
        "UsePAM no",
        "PrintLastLog no",
        "MaxStartups 100",
        "Subsystem sftp internal-sftp",

        // The start-up files of the user who runs the tests are nobody's business.
        $"SetEnv HOME={Home}",
    ];

    private async Task RunAsync()
    {
        var start = new ProcessStartInfo("sh", ["-c", Launcher, "sshd-launcher", Program, Path.Combine(_directory, "sshd_config")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        _listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _listening.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new InvalidOperationException($"sshd does not start:\n{Log}", late);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.Add(line);
        }

        if (line.StartsWith("Server listening", StringComparison.Ordinal))
        {
            _listening.TrySetResult();
        }
    }
}
