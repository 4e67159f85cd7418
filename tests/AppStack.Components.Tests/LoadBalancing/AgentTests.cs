using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AppStack.Components.LoadBalancing;

namespace AppStack.Components.Tests.LoadBalancing;

/// <summary>The node's tool in a real Perl against a fake BIRD and a fake HAProxy.</summary>
public sealed class AgentTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("appstack-lb-").FullName;
    private readonly Socket _admin = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly FakeBird _bird;
    private Process? _agent;
    private volatile bool _healthy = true;

    public AgentTests()
    {
        Directory.CreateDirectory(_root + "/etc/appstack");
        Directory.CreateDirectory(_root + "/var/lib/appstack");
        _admin.Bind(new UnixDomainSocketEndPoint(_root + "/admin.sock"));
        _admin.Listen();
        _ = ServeAdminAsync();
        _bird = new(_root + "/bird.ctl");
        File.WriteAllText(_root + "/tool", LoadBalancerRenderer.Bundle(EdgeExamples.Single, EdgeExamples.Single.Nodes[0]).Files.Single(f => f.Path == LoadBalancerRenderer.ToolPath).Content);
        File.WriteAllText(
            _root + "/etc/appstack/lb.conf",
            $"""
            announce = vip4
            retreat = retreat4
            sessions = router_v4
            pools = web
            services = http
            bird-socket = {_root}/bird.ctl
            haproxy-socket = {_root}/admin.sock
            interval = 0.02
            check-timeout = 2
            fall = 2
            rise = 3
            drain-grace = 0.01

            """);
    }

    public void Dispose()
    {
        _agent?.Kill();
        _agent?.Dispose();
        _admin.Dispose();
        _bird.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Announces_when_healthy_and_withdraws_when_not()
    {
        StartAgent();
        Assert.Equal("enable vip4", await _bird.NextAsync());

        _healthy = false;
        Assert.Equal("disable vip4", await _bird.NextAsync());

        _healthy = true;
        Assert.Equal("enable vip4", await _bird.NextAsync());
    }

    [Fact]
    public async Task Announces_again_what_somebody_else_withdrew()
    {
        StartAgent();
        Assert.Equal("enable vip4", await _bird.NextAsync());

        await RunAsync("withdraw");

        Assert.Equal("disable vip4", await _bird.NextAsync());
        Assert.Equal("enable vip4", await _bird.NextAsync());
    }

    [Fact]
    public async Task A_drain_prefers_the_others_before_it_withdraws_and_lasts_until_it_is_lifted()
    {
        StartAgent();
        Assert.Equal("enable vip4", await _bird.NextAsync());

        var drained = await RunAsync("drain --timeout 1");

        Assert.Equal(["enable retreat4", "disable vip4", "disable retreat4"], [await _bird.NextAsync(), await _bird.NextAsync(), await _bird.NextAsync()]);
        Assert.Equal("withdrawn", drained.Json.GetProperty("mode").GetString());
        Assert.Equal("operator", drained.Json.GetProperty("drainedBy").GetString());

        // A deployment lifts only its own drain; one that drains a drained node leaves it the operator's.
        await RunAsync("drain --owner bundle --timeout 1");
        await RunAsync("undrain --owner bundle");
        Assert.Equal("withdrawn", (await RunAsync("status")).Json.GetProperty("mode").GetString());

        var back = await RunAsync("undrain");
        Assert.Equal("announced", back.Json.GetProperty("mode").GetString());
        Assert.Equal("enable vip4", await _bird.NextAsync());
    }

    [Fact]
    public async Task Gate_passes_when_everything_is_up()
    {
        _bird["vip4"] = "up";

        Assert.Equal(0, (await RunAsync("gate --timeout 1")).ExitCode);
    }

    [Fact]
    public async Task Gate_names_what_is_missing()
    {
        // Time for more than one look: on a loaded machine the stand-in for BIRD may answer too late for the first.
        Assert.Contains("vip4 is not announced", (await RunAsync("gate --timeout 2")).Errors, StringComparison.Ordinal);

        _bird["router_v4"] = "Connect";
        Assert.Contains("the BGP session router_v4 is Connect, not Established", (await RunAsync("gate --timeout 2")).Errors, StringComparison.Ordinal);

        _healthy = false;
        var answer = await RunAsync("gate --timeout 0.1");
        Assert.Contains("HAProxy does not answer", answer.Errors, StringComparison.Ordinal);
        Assert.Equal(1, answer.ExitCode);
    }

    [Fact]
    public async Task Status_without_daemons_says_so()
    {
        _bird.Dispose();
        _admin.Dispose();

        var status = (await RunAsync("status")).Json;

        Assert.Equal("unknown", status.GetProperty("mode").GetString());
        Assert.False(status.GetProperty("healthy").GetBoolean());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("connections").ValueKind);
    }

    private void StartAgent() => _agent = Process.Start(Perl("agent"));

    private async Task<(int ExitCode, JsonElement Json, string Errors)> RunAsync(string arguments)
    {
        using var process = Process.Start(Perl(arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Length == 0 ? default : JsonDocument.Parse(output).RootElement, await errors);
    }

    private ProcessStartInfo Perl(string arguments)
    {
        var start = new ProcessStartInfo("perl", $"{_root}/tool {arguments}") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["APPSTACK_ROOT"] = _root;
        return start;
    }

    // What HAProxy 2.6 says to `show stat -1 1 -1` and `show stat -1 2 -1`, of one frontend and of one pool beside one that nobody serves from.
    private async Task ServeAdminAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _admin.AcceptAsync();
                var buffer = new byte[1024];
                var asked = Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer));
                var answer = asked.StartsWith("show stat -1 2 ", StringComparison.Ordinal)
                    ? Pool("web", _healthy ? 2 : 0) + Pool("web-unchecked", 2)
                    : "http,FRONTEND,0,0,5,0,100,0,0,0,0,0,0,0,0,0,0,OPEN,0,0,0,0,0,0\n";
                await client.SendAsync(Encoding.ASCII.GetBytes($"# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg\n{answer}\n"));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }

        static string Pool(string name, int servers) => $"{name},BACKEND,0,0,5,0,,0,0,0,,0,,0,0,0,0,{(servers > 0 ? "UP" : "DOWN")},{servers},{servers},0,0,0,9\n";
    }
}
