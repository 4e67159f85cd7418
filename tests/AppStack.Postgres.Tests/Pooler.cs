using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Testing;

namespace AppStack.Postgres.Tests;

/// <summary>A real PgBouncer with its follower, as a bundle would lay them down, below a folder of its own.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private readonly string _root;
    private readonly int _port;
    private readonly PgBouncerNodeSpec _node;
    private readonly PgBouncerSecrets _secrets;
    private ServiceProcess? _bouncer;
    private ServiceProcess? _follower;

    private Pooler(string root, int port, PgBouncerNodeSpec node, PgBouncerSecrets secrets)
    {
        _root = root;
        _port = port;
        _node = node;
        _secrets = secrets;
    }

    public string FollowerLog => _follower?.Log ?? "";

    public string Log => _bouncer?.Log ?? "";

    private Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["APPSTACK_ROOT"] = _root, ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" };

    private string Tool => Path.Combine(_root, "appstack-pooler");

    public static async Task<Pooler> StartAsync(PgBouncerGroupSpec spec, string name, TestAuthority authority, string password)
    {
        var node = spec.Poolers.Single(p => p.Name == name);
        var (certificate, key) = authority.Issue(node.Address);
        var pooler = new Pooler(
            Directory.CreateTempSubdirectory("appstack-pooler-").FullName,
            spec.Port,
            node,
            new PgBouncerSecrets(authority.Certificate, certificate, key, password));
        foreach (var folder in new[] { "run/pgbouncer", "run/appstack-pooler", "var/lib/appstack-pooler" })
        {
            Directory.CreateDirectory(Path.Combine(pooler._root, folder));
        }

        await pooler.LayDownAsync(spec);
        await pooler.VerbAsync("render");
        await pooler.StartBouncerAsync();
        pooler._follower = ServiceProcess.Start("TERM", pooler.Environment, "perl", pooler.Tool, "agent");
        await pooler.WaitAsync(status => status.GetProperty("healthy").GetBoolean());
        return pooler;
    }

    /// <summary>Lays the files down, for the first time or anew.</summary>
    public async Task LayDownAsync(PgBouncerGroupSpec spec)
    {
        var bundle = PgBouncerBundle.Of(spec, _node, _secrets);
        foreach (var file in bundle.Files.Where(f => f.Path.StartsWith("/etc/pgbouncer/", StringComparison.Ordinal) || f.Path.StartsWith("/etc/appstack/pooler/", StringComparison.Ordinal)))
        {
            await WriteAsync(_root + file.Path, Rooted(file.Content), file.Mode);
        }

        await WriteAsync(Tool, bundle.Files.Single(f => f.Path == PgBouncerPaths.Tool).Content, "0755");
        await ServiceProcess.HandOverAsync(_root);
    }

    public async Task StartBouncerAsync()
    {
        _bouncer = ServiceProcess.Start("INT", Environment, "pgbouncer", $"{_root}/etc/pgbouncer/pgbouncer.ini");
        await _bouncer.WaitForAsync("process up");
    }

    /// <summary>Ends PgBouncer at once, as a crash does.</summary>
    public async Task KillBouncerAsync()
    {
        var pid = (await File.ReadAllTextAsync($"{_root}/run/pgbouncer/pgbouncer.pid")).Trim();
        using var kill = Process.Start("kill", ["-KILL", pid]);
        await kill.WaitForExitAsync();
        await _bouncer!.DisposeAsync();
    }

    public async Task<(int ExitCode, string Output, string Errors)> TryVerbAsync(params string[] verb)
        => await ServiceProcess.TryAsync("", ["env", $"APPSTACK_ROOT={_root}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "perl", Tool, .. verb]);

    /// <summary>Writes the endpoints so many times at once, in a copy of this pooler's folder: whatever comes of it, this pooler does not notice.</summary>
    public async Task<(int ExitCode, string Output, string Errors)[]> RenderAtOnceAsync(int times)
    {
        var copy = Directory.CreateTempSubdirectory("appstack-pooler-").FullName;
        try
        {
            await ServiceProcess.HandOverAsync(copy);
            Assert.Equal(0, (await ServiceProcess.TryAsync("", ["cp", "-r", $"{_root}/etc", $"{_root}/var", copy])).ExitCode);
            return await Task.WhenAll(Enumerable.Range(0, times).Select(_ => ServiceProcess.TryAsync("", ["env", $"APPSTACK_ROOT={copy}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "perl", Tool, "render"])));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    public async Task<string> VerbAsync(params string[] verb)
    {
        var (exitCode, output, errors) = await TryVerbAsync(verb);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', verb)}: {errors}{output}\n{FollowerLog}");
    }

    /// <summary>Waits until PgBouncer logs in to the server of a database.</summary>
    public async Task WaitForLoginAsync(string database)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(10))
        {
            // database, user, five numbers of clients, then of servers: active, being cancelled (two), idle, used, tested, logging in.
            var pools = await ConsoleAsync("SHOW POOLS");
            if (pools.Any(pool => pool[0] == database && pool[^4] != "0"))
            {
                return;
            }

            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), string.Join('\n', pools.Select(pool => string.Join('|', pool))));
        }
    }

    /// <summary>A setting of PgBouncer as it is in force.</summary>
    public async Task<string> SettingAsync(string name) => (await ConsoleAsync("SHOW CONFIG")).Single(row => row[0] == name)[1];

    private async Task<string[][]> ConsoleAsync(string command)
    {
        var (exitCode, output, errors) = await ServiceProcess.TryAsync("", "psql", "-XAt", "-d", $"host={_root}/run/pgbouncer port={_port} user=pgbouncer dbname=pgbouncer", "-c", command);
        Assert.True(exitCode == 0, errors);
        return [.. output.TrimEnd().Split('\n').Select(line => line.Split('|'))];
    }

    /// <summary>What Prometheus would see.</summary>
    public async Task<string> MetricsAsync()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{PostgresServer.FreePort()}");
        await using var metrics = ServiceProcess.Start("TERM", Environment, "perl", Tool, "metrics", "--listen", address);
        await metrics.WaitForAsync("metrics at");
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://{address}/metrics"));
    }

    public async Task<JsonElement> StatusAsync() => await AskAsync() ?? throw new InvalidOperationException($"The follower does not answer.\n{FollowerLog}");

    /// <summary>Waits until the follower says what is expected of it.</summary>
    public async Task<JsonElement> WaitAsync(Func<JsonElement, bool> expected)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(10))
        {
            var status = await AskAsync();
            if (status is { } known && expected(known))
            {
                return known;
            }

            if (patience.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException($"The follower does not get there: {status}\n{FollowerLog}\n{Log}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_follower is not null)
        {
            await _follower.DisposeAsync();
        }

        if (_bouncer is not null)
        {
            await _bouncer.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    // What the verb "status" does, without a process of its own for each question.
    private async Task<JsonElement?> AskAsync()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{_root}/run/appstack-pooler/control"));
            await socket.SendAsync("status\n"u8.ToArray());
            using var reader = new StreamReader(new NetworkStream(socket));
            return await reader.ReadLineAsync() is { } line ? JsonDocument.Parse(line).RootElement : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(string path, string content, string mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    private string Rooted(string content)
        => new[] { "/etc/pgbouncer", "/etc/appstack", "/var/lib/appstack-pooler", "/run/pgbouncer" }
            .Aggregate(content, (text, folder) => text.Replace(folder, _root + folder, StringComparison.Ordinal));
}
