using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AppStack.Components.Monitoring;

namespace AppStack.Components.Tests.Monitoring;

/// <summary>The real Prometheus with the console pages, which watches nothing.</summary>
internal sealed class RunningPrometheus : IAsyncDisposable
{
    private readonly Tool _tool = new();
    private readonly Process _process;
    private readonly HttpClient _client;

    private RunningPrometheus(int port)
    {
        _tool.Write("prometheus.yml", "global: { scrape_interval: 15s }\n");
        _tool.Write("libraries/appstack.lib", ConsoleRenderer.Library);
        foreach (var page in ConsoleRenderer.Pages("example", PlatformDashboards.All))
        {
            _tool.Write($"consoles/{page.Name}", page.Content);
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        _client = new() { BaseAddress = new($"http://{address}/") };
        _process = Process.Start(new ProcessStartInfo(
            "/usr/bin/prometheus",
            ["--config.file=prometheus.yml", $"--web.listen-address={address}", "--storage.tsdb.path=data", "--web.console.templates=consoles", "--web.console.libraries=libraries"])
        {
            WorkingDirectory = _tool.Folder,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
    }

    public static async Task<RunningPrometheus> StartAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var prometheus = new RunningPrometheus(port);

        // It says so itself; before that it answers nothing.
        string? line;
        do
        {
            line = await prometheus._process.StandardError.ReadLineAsync();
        }
        while (line?.Contains("ready to receive web requests", StringComparison.Ordinal) == false);

        Assert.NotNull(line);
        _ = prometheus._process.StandardError.ReadToEndAsync();
        return prometheus;
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}\n{text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _tool.Dispose();
    }
}
