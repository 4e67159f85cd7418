using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AppStack.Testing;

/// <summary>
/// A real PostgreSQL on an address of the loopback network, in a temporary folder, with TLS and passwords as SCRAM only. It is no
/// cluster of Debian's tools: nothing of it is left on the machine.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly string _folder;
    private ServiceProcess? _process;

    private PostgresServer(string folder, string address, int port)
    {
        _folder = folder;
        Address = address;
        Port = port;
    }

    /// <summary>Whether this machine has it.</summary>
    public static bool IsInstalled => File.Exists($"{Programs}/postgres");

    /// <summary>The address it listens on.</summary>
    public string Address { get; }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>What it has logged so far; statements among it.</summary>
    public string Log => _process?.Log ?? "";

    private string Data => Path.Combine(_folder, "data");

    /// <summary>A port of the loopback addresses that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Makes and starts a server.</summary>
    /// <param name="address">Address to listen on, in 127.0.0.0/8.</param>
    /// <param name="port">Port to listen on.</param>
    /// <param name="authority">Issues its certificate.</param>
    public static async Task<PostgresServer> StartAsync(string address, int port, TestAuthority authority)
    {
        var server = await CreateAsync(address, port, authority);
        await ServiceProcess.RunAsync("", $"{Programs}/initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        await server.RunAsync();
        return server;
    }

    /// <summary>Makes and starts a standby of this server.</summary>
    /// <param name="address">Address to listen on; the port is the same.</param>
    /// <param name="authority">Issues its certificate.</param>
    public async Task<PostgresServer> CloneAsync(string address, TestAuthority authority)
    {
        var standby = await CreateAsync(address, Port, authority);
        await ServiceProcess.RunAsync("", $"{Programs}/pg_basebackup", "-D", standby.Data, "-d", $"host={_folder} port={Port} user=postgres", "-R", "-c", "fast", "--no-sync");
        await standby.RunAsync();
        return standby;
    }

    /// <summary>Runs a script as superuser, over the server's socket.</summary>
    /// <param name="database">The database.</param>
    /// <param name="script">For <c>psql</c>.</param>
    /// <returns>Exit code, output (unaligned, tuples only), and errors.</returns>
    public Task<(int ExitCode, string Output, string Errors)> TrySqlAsync(string database, string script) => ServiceProcess.TryAsync(
        script, "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", $"host={_folder} port={Port} user=postgres dbname={database}", "-f", "-");

    /// <summary>Runs a script as superuser; it must succeed.</summary>
    /// <param name="database">The database.</param>
    /// <param name="script">For <c>psql</c>.</param>
    /// <returns>Its output, without white space around it.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public async Task<string> SqlAsync(string database, string script)
    {
        var (exitCode, output, errors) = await TrySqlAsync(database, script);
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException(errors);
    }

    /// <summary>Makes a standby a leader.</summary>
    public Task PromoteAsync() => ServiceProcess.RunAsync("", $"{Programs}/pg_ctl", "promote", "-D", Data, "-w");

    /// <summary>Ends the server as a crash does.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> CreateAsync(string address, int port, TestAuthority authority)
    {
        var folder = Directory.CreateTempSubdirectory("appstack-pg-").FullName;
        var (certificate, key) = authority.Issue(address);
        await File.WriteAllTextAsync(Path.Combine(folder, "server.crt"), certificate);
        await File.WriteAllTextAsync(Path.Combine(folder, "server.key"), key);
        File.SetUnixFileMode(Path.Combine(folder, "server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Path.Combine(folder, "hba.conf"), """
            local all all trust
            local replication all trust
            hostssl all all 127.0.0.0/8 scram-sha-256

            """);
        await ServiceProcess.HandOverAsync(folder);
        return new PostgresServer(folder, address, port);
    }

    // Settings on the command line: a clone has those of its source in its folder.
    private async Task RunAsync()
    {
        _process = ServiceProcess.Start(
            "QUIT",
            new Dictionary<string, string>(StringComparer.Ordinal),
            $"{Programs}/postgres",
            "-D", Data,
            "-c", $"listen_addresses={Address}",
            "-c", $"port={Port.ToString(CultureInfo.InvariantCulture)}",
            "-c", $"unix_socket_directories={_folder}",
            "-c", $"hba_file={_folder}/hba.conf",
            "-c", "ssl=on",
            "-c", $"ssl_cert_file={_folder}/server.crt",
            "-c", $"ssl_key_file={_folder}/server.key",
            "-c", "password_encryption=scram-sha-256",
            "-c", "max_connections=60",
            "-c", "shared_buffers=32MB",
            "-c", "log_statement=all",
            "-c", "fsync=off");
        await _process.WaitForAsync("database system is ready to accept");
    }
}
