using System.Globalization;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Operations.Waf;
using AppStack.Ssh;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// What the web application firewall costs: the same requests through the same nginx on 127.0.0.1 to a server that answers at once, on a path with it
/// and on one without. Measured is the processor time of nginx' one worker, which is what the firewall uses up and which depends less on what else the machine does than the time that passes.
/// </summary>
internal sealed class WafBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const int SecondsPerRound = 2;
    private const int Connections = 16;

    /// <summary>Jiffies per second; the same on every Linux that .NET runs on (sysconf(_SC_CLK_TCK)).</summary>
    private const double TicksPerSecond = 100;

    /// <summary>A spike reached 0.10 with Debian's defaults.</summary>
    private const double GetTarget = 0.15;

    public string Name => "waf";

    public string Summary => "the web application firewall on and off: a small page, a form of 2 KB, a request to dilosi";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        var service = new WafService { Name = "bench", Team = "bench", Spec = new() };
        var settings = new WafEngineSettings
        {
            LogLevel = "warn",
            KeepAliveSeconds = 60,
            Answer = """{\"code\":\"7K3M-9QXA-2BCD-W4TF\"}""",
            MoreLocations = "location /off/ { modsecurity off; proxy_pass http://behind; }",
        };
        await using var engine = await WafEngine.StartAsync(service, settings, cancellationToken);
        using var folder = new TemporaryFolder();
        var requests = new SampleRequests("services.example");
        var get = folder.Write("get.lua", requests.Get);
        var form = folder.Write("form.lua", requests.Form);
        var declaration = folder.Write("declaration.lua", requests.Declaration);
        return
        [
            .. await CompareAsync("small page", "/page", get, GetTarget),
            .. await CompareAsync("form of 2 KB", "/form", form, null),
            .. await CompareAsync("dilosi, declaration", "/api/declarations", declaration, null),
            .. await CompareAsync("dilosi, verification", "/api/verifications/7K3M-9QXA-2BCD-W4TF", get, null),
        ];

        Task<IReadOnlyList<BenchResult>> CompareAsync(string mode, string path, string script, double? target) =>
            new Turns(mode, "requests per second of processor time", Rounds).CompareAsync(
                ("off", () => MeasureAsync(engine, $"/off{path}", script, cancellationToken)),
                ("on", () => MeasureAsync(engine, path, script, cancellationToken)),
                target,
                progress);
    }

    private static async Task<double> MeasureAsync(WafEngine engine, string path, string script, CancellationToken cancellationToken)
    {
        var before = ProcessorTime(engine.Worker);
        string[] arguments =
        [
            "--threads", "1", "--connections", Connections.ToString(CultureInfo.InvariantCulture), "--duration", $"{SecondsPerRound.ToString(CultureInfo.InvariantCulture)}s",
            "--script", script, $"http://127.0.0.1:{engine.Port.ToString(CultureInfo.InvariantCulture)}{path}",
        ];
        var text = await WrkAsync(arguments, cancellationToken);
        var used = ProcessorTime(engine.Worker) - before;
        var measured = WrkResult.Parse(text);
        return measured.Errors.Length == 0 ? measured.Requests / used : throw new InvalidOperationException($"not every request to {path} was answered: {measured.Errors}");
    }

    private static async Task<string> WrkAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var wrk = ProcessGroup.Start("wrk", arguments);
        await wrk.Stdin.DisposeAsync();
        using var output = new StreamReader(wrk.Stdout);
        using var errors = new StreamReader(wrk.Stderr);
        var texts = await Task.WhenAll(output.ReadToEndAsync(cancellationToken), errors.ReadToEndAsync(cancellationToken));
        await wrk.WaitForExitAsync(cancellationToken);
        return string.Concat(texts);
    }

    // utime and stime, the 14th and 15th field of proc(5); what comes before may hold blanks and ends with a bracket.
    private static double ProcessorTime(int process)
    {
        var fields = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat").Split(')')[^1].Split(' ');
        return (double.Parse(fields[12], CultureInfo.InvariantCulture) + double.Parse(fields[13], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
