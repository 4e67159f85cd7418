using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Ssh;

namespace AppStack.Operations.Waf;

/// <summary>
/// The real engine with the rules of services: Debian's nginx, ModSecurity and Core Rule Set on 127.0.0.1, from a temporary folder, with the
/// configuration that the ingress has. It ends with this object, and with this program however that ends.
/// </summary>
public sealed class WafEngine : IAsyncDisposable
{
    /// <summary>Debian packages that it is made of.</summary>
    public const string Packages = "nginx libnginx-mod-http-modsecurity modsecurity-crs libjemalloc2";

    private const string Nginx = "/usr/sbin/nginx";
    private const string Module = "/usr/lib/nginx/modules/ngx_http_modsecurity_module.so";
    private const string Rules = "/usr/share/modsecurity-crs/rules";

    // A seventh of the firewall's processor time goes to the C library's allocator; with this one half of that.
    private const string Allocator = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2";

    // Ends nginx when its own input ends, which it does even when this program is killed.
    private const string Launcher = """
        "$@" </dev/null &
        read -r _
        kill $!
        wait
        """;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private readonly string _folder;
    private readonly TimeSpan _patience;
    private readonly int _behind;
    private ProcessGroup? _process;
    private long _logged;

    private WafEngine(string folder, TimeSpan patience)
    {
        (_folder, _patience) = (folder, patience);
        (Port, _behind) = (FreePort(), FreePort());
    }

    /// <summary>Whether the packages are installed on this machine.</summary>
    public static bool IsInstalled => File.Exists(Nginx) && File.Exists(Module) && Directory.Exists(Rules);

    /// <summary>The port of 127.0.0.1 at which it answers.</summary>
    public int Port { get; }

    /// <summary>The folder with its configuration and logs.</summary>
    public string Folder => _folder;

    /// <summary>The id of the process that does all the work.</summary>
    public int Worker
    {
        get
        {
            var master = File.ReadAllText(Path.Combine(_folder, "nginx.pid")).Trim();
            return int.Parse(File.ReadAllText($"/proc/{master}/task/{master}/children").Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    private string Log => Path.Combine(_folder, "error.log");

    /// <summary>Starts it with the rules of a service on all paths.</summary>
    /// <param name="service">The service.</param>
    /// <param name="settings">How it is set up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or refuses the rules; with what it says.</exception>
    public static async Task<WafEngine> StartAsync(WafService service, WafEngineSettings settings, CancellationToken cancellationToken)
    {
        if (!IsInstalled)
        {
            throw new InvalidOperationException($"The engine is not installed on this machine. ./appstack installs it when it is called as root; by hand: apt-get install {Packages}");
        }

        var engine = new WafEngine(Directory.CreateTempSubdirectory("appstack-waf-").FullName, settings.Patience);
        try
        {
            await engine.PrepareAsync(service, settings, cancellationToken);
            await engine.CheckAsync(cancellationToken);
            await engine.RunAsync(cancellationToken);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request and waits until the engine has written all that it logs of it.</summary>
    public async Task<WafAnswer> AskAsync(WafRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = await ExchangeAsync(Port, request.ToBytes(), cancellationToken);
        // One process, one request after the other: when it has answered this one, it has done with that one.
        await ExchangeAsync(_behind, "GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellationToken);
        return new(StatusOf(text), text, await NewLinesAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.Stdin.DisposeAsync();
            await process.EndAsync(EndTime, TimeProvider.System);
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(WafService service, WafEngineSettings settings, CancellationToken cancellationToken)
    {
        // The workers of a root's nginx are nobody.
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var temporary = Directory.CreateDirectory(Path.Combine(_folder, "tmp"), (UnixFileMode)0b111_111_111).FullName;
        File.SetUnixFileMode(temporary, (UnixFileMode)0b111_111_111);
        var paths = new WafPaths { Folder = _folder, CrsFolder = _folder, AuditLog = Path.Combine(temporary, "audit.json"), Temporary = temporary };
        await File.WriteAllTextAsync(Path.Combine(_folder, CrsScript.Name), CrsScript.Text, cancellationToken);
        for (var level = 1; level <= CrsScript.Levels; level++)
        {
            // Of crs-setup.conf the service's rules and the engine's say all that is in effect.
            var rules = settings.WholeCrs ? $"Include {Rules}/*.conf\n" : await ReducedAsync(level, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(_folder, CrsScript.FileOf(level)), rules, cancellationToken);
        }

        foreach (var (path, content) in WafEngineRenderer.Files(paths, [service]))
        {
            await File.WriteAllTextAsync(path, content + (path.EndsWith($"/{service.Name}.conf", StringComparison.Ordinal) ? settings.MoreRules : ""), cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), Configuration(paths, service, settings), cancellationToken);
    }

    private string Configuration(WafPaths paths, WafService service, WafEngineSettings settings) => $$"""
        {{(Environment.IsPrivilegedProcess ? "user nobody nogroup;" : "")}}
        load_module {{Module}};
        worker_processes 1;
        daemon off;
        pid {{_folder}}/nginx.pid;
        error_log {{Log}} {{settings.LogLevel}};
        events { worker_connections 512; }
        http {
            access_log off;
            server_tokens off;
            keepalive_timeout {{settings.KeepAliveSeconds.ToString(CultureInfo.InvariantCulture)}};
            keepalive_requests 1000000;
            client_body_temp_path {{paths.Temporary}}/body;
            proxy_temp_path {{paths.Temporary}}/proxy;
            fastcgi_temp_path {{paths.Temporary}}/fastcgi;
            uwsgi_temp_path {{paths.Temporary}}/uwsgi;
            scgi_temp_path {{paths.Temporary}}/scgi;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            upstream behind { server 127.0.0.1:{{_behind}}; keepalive 32; }
            {{WafEngineRenderer.Http(paths, [service])}}
            server {
                listen 127.0.0.1:{{Port}} backlog=1024;
                {{WafEngineRenderer.Location(paths, service)}}
                location / { proxy_pass http://behind; }
                {{settings.MoreLocations}}
            }
            server {
                listen 127.0.0.1:{{_behind}};
                default_type text/plain;
                location / { return 200 "{{settings.Answer}}"; }
            }
        }

        """;

    private async Task<string> ReducedAsync(int level, CancellationToken cancellationToken)
    {
        var (code, rules, errors) = await RunAsync("perl", [Path.Combine(_folder, CrsScript.Name), "rules", level.ToString(CultureInfo.InvariantCulture), Rules], cancellationToken);
        return code == 0 ? rules : throw new InvalidOperationException($"{CrsScript.Name} does not understand the rules in {Rules}: {errors}");
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (code, output, errors) = await RunAsync(Nginx, ["-t", "-q", "-c", $"{_folder}/nginx.conf"], cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"The engine refuses the rules:\n{(output + errors).Trim()}");
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _process = ProcessGroup.Start("sh", ["-c", Launcher, "waf", Nginx, "-c", $"{_folder}/nginx.conf"], File.Exists(Allocator) ? [KeyValuePair.Create<string, string?>("LD_PRELOAD", Allocator)] : []);
        using var patience = new CancellationTokenSource(StartTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            try
            {
                await ExchangeAsync(_behind, "GET / HTTP/1.0\r\n\r\n"u8.ToArray(), either.Token);
                _logged = new FileInfo(Log).Length;
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                // Nobody says when it listens.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, either.Token);
            }
        }
    }

    private async Task<string> ExchangeAsync(int port, byte[] request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        var answer = new MemoryStream();
        try
        {
            await SendAsync(socket, request, patience.Token);
            var buffer = new byte[16384];
            int read;
            while ((read = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // What came before that counts.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Neither an answer nor an end: as when the connection ends without one.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (!request.IsEmpty)
        {
            request = request[await socket.SendAsync(request, cancellationToken)..];
        }
    }

    private async Task<ImmutableArray<string>> NewLinesAsync(CancellationToken cancellationToken)
    {
        await using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(_logged, SeekOrigin.Begin);
        using var reader = new StreamReader(log, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
        _logged = log.Position;
        return [.. text.Split('\n').Where(line => line.Contains("ModSecurity", StringComparison.Ordinal))];
    }

    private static int? StatusOf(string answer) =>
        answer.StartsWith("HTTP/", StringComparison.Ordinal) && answer.Split(' ') is [_, var code, ..]
        && int.TryParse(code.AsSpan(0, Math.Min(3, code.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = ProcessGroup.Start(program, arguments);
        await process.Stdin.DisposeAsync();
        using var output = new StreamReader(process.Stdout);
        using var errors = new StreamReader(process.Stderr);
        var texts = await Task.WhenAll(output.ReadToEndAsync(cancellationToken), errors.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, texts[0], texts[1]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
