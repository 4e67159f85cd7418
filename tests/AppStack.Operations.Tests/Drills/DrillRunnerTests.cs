using System.Text.Json;
using AppStack.Operations.Drills;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Testing;

namespace AppStack.Operations.Tests.Drills;

public sealed class DrillRunnerTests
{
    [Theory]
    [InlineData("lb-node-loss")]
    [InlineData("lb-haproxy-crash")]
    [InlineData("lb-drain")]
    [InlineData("backend-loss")]
    [InlineData("worker-loss")]
    [InlineData("worker-drain")]
    [InlineData("rolling-update")]
    [InlineData("ingress-rollout")]
    [InlineData("control-plane-loss")]
    [InlineData("etcd-restore")]
    public async Task Each_scenario_does_what_its_description_says(string scenario)
    {
        var platform = new FakePlatform();

        var report = await RunAsync(platform, scenario);

        Assert.True(report.Passed);
        Snapshot.Verify(string.Join('\n', platform.Log), part: scenario);
    }

    [Fact]
    public async Task The_report_as_JSON()
    {
        var report = await RunAsync(new FakePlatform(), "lb-drain");

        Snapshot.Verify(DrillReportWriter.ToJson(report), "json");
    }

    [Fact]
    public async Task A_platform_that_is_not_whole_is_left_alone()
    {
        var platform = new FakePlatform { Health = _ => false };

        var exception = await Assert.ThrowsAsync<OperationException>(() => RunAsync(platform, "lb-node-loss"));

        Assert.Contains("not whole before the drill", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["verify"], platform.Log);
    }

    [Fact]
    public async Task A_drill_that_is_interrupted_takes_its_fault_back()
    {
        using var interrupt = new CancellationTokenSource();
        var platform = new FakePlatform { OnObserve = count => count == 2 ? interrupt.CancelAsync() : Task.CompletedTask };

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(platform, "lb-node-loss", interrupt.Token));

        Assert.Contains("power off lb", platform.Log);
        Assert.Equal(["power on lb", "dispose load"], platform.Log.TakeLast(2));
    }

    [Fact]
    public async Task A_fault_that_fails_half_way_is_taken_back_too()
    {
        var platform = new FakePlatform { FailingCommand = "drain" };

        var report = await RunAsync(platform, "lb-drain");

        Assert.False(report.Passed);
        Assert.StartsWith("drain lb: lb: /usr/local/sbin/appstack-lb drain --timeout 2: no. `appstack status local`", report.Error, StringComparison.Ordinal);
        Assert.Equal(["lb: /usr/local/sbin/appstack-lb undrain", "stop load", "dispose load", "verify"], platform.Log.TakeLast(4));
    }

    [Fact]
    public async Task A_fault_that_cannot_be_taken_back_is_reported_with_the_reason()
    {
        var report = await RunAsync(new FakePlatform { FailingCommand = "undrain" }, "lb-drain");

        Assert.StartsWith("undrain lb: lb: /usr/local/sbin/appstack-lb undrain: no; then taking the fault back: undrain lb: ", report.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(DrillReportWriter.ToJson(report));
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(report.Error, json.RootElement.GetProperty("error").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("requests").GetInt32());
        Assert.Equal(["before", "drain lb", "drained", "verify"], json.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_platform_is_asked_until_it_is_whole()
    {
        var platform = new FakePlatform { Health = look => look is 1 or > 4 };

        var report = await RunAsync(platform, "lb-node-loss");

        Assert.True(report.Passed);
        Assert.Equal(6, platform.Log.Count(line => line == "verify"));
    }

    [Fact]
    public async Task A_platform_that_stays_broken_fails_the_drill()
    {
        var platform = new FakePlatform { Health = look => look == 1 };

        var report = await RunAsync(platform, "lb-node-loss");

        Assert.False(report.Passed);
        Assert.Contains("not whole again after 60 s: lb: bgp: down", report.Error, StringComparison.Ordinal);
        Assert.Equal((2, 0), (report.Requests, report.Failed));
    }

    [Fact]
    public async Task Failed_requests_fail_the_drill()
    {
        var platform = new FakePlatform { Samples = [new RequestSample(0, 10, "reset")] };

        var report = await RunAsync(platform, "lb-drain");

        Assert.False(report.Passed);
        Assert.Equal(2, report.Failed);
    }

    private static Task<DrillReport> RunAsync(FakePlatform platform, string scenario, CancellationToken cancellationToken = default) =>
        new DrillRunner(platform, _ => { }).RunAsync(DrillScenarios.Find(scenario)!, "local", new DrillTarget("lb", "helper", "web") { ControlPlanes = ["lb", "helper"] }, new DrillSettings(), cancellationToken);

    /// <summary>Writes down what is done; its time passes only when somebody observes.</summary>
    private sealed class FakePlatform : IDrillPlatform
    {
        private int _looks;
        private int _observations;

        public List<string> Log { get; } = [];

        public Func<int, bool> Health { get; init; } = _ => true;

        public Func<int, Task> OnObserve { get; init; } = _ => Task.CompletedTask;

        public string? FailingCommand { get; init; }

        public IReadOnlyList<RequestSample> Samples { get; init; } = [new RequestSample(0, 1000), new RequestSample(2000, 1000)];

        public long NowMicros { get; private set; }

        public Task PowerOffAsync(string node, CancellationToken cancellationToken) => Note($"power off {node}");

        public Task PowerOnAsync(string node, CancellationToken cancellationToken) => Note($"power on {node}");

        public async Task RunAsync(string node, string command, CancellationToken cancellationToken)
        {
            await Note($"{node}: {command}");
            if (FailingCommand is not null && command.Contains($" {FailingCommand}", StringComparison.Ordinal))
            {
                throw new OperationException($"{node}: {command}: no");
            }
        }

        public Task RestoreClusterAsync(IReadOnlyList<string> controlPlanes, string source, string file, CancellationToken cancellationToken) =>
            Note($"restore {string.Join(", ", controlPlanes)} from {source}:{file}");

        public async Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            NowMicros += (long)time.TotalMicroseconds;
            Log.Add($"observe {time.TotalSeconds:0.0} s");
            await OnObserve(++_observations);
            cancellationToken.ThrowIfCancellationRequested();
        }

        public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken)
        {
            Log.Add("verify");
            return Task.FromResult(new VerifyReport([new VerifyCheck("bgp", "lb", Health(++_looks), _looks == 1 ? "up" : "down")], 1));
        }

        public Task<IDrillLoad> StartLoadAsync(double rate, int connections, CancellationToken cancellationToken)
        {
            Log.Add($"load {rate}/s, {connections} connections");
            return Task.FromResult<IDrillLoad>(new FakeLoad(this));
        }

        private Task Note(string line)
        {
            Log.Add(line);
            return Task.CompletedTask;
        }

        private sealed class FakeLoad(FakePlatform platform) : IDrillLoad
        {
            public double CpuMs => 10;

            public IReadOnlyList<RequestSample> Samples => platform.Samples;

            public Task<IReadOnlyList<RequestSample>> StopAsync(CancellationToken cancellationToken)
            {
                platform.Log.Add("stop load");
                return Task.FromResult(platform.Samples);
            }

            public ValueTask DisposeAsync()
            {
                platform.Log.Add("dispose load");
                return ValueTask.CompletedTask;
            }
        }
    }
}
