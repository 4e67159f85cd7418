using System.Text.Json;
using AppStack.Operations.Drills;
using AppStack.Operations.Drills.Services;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Tests.Drills;

public sealed class ServiceDrillTests
{
    private const string Descriptor = "name: dilosi\nversion: \"1.0\"\nprobes: { port: 8081 }\n";

    [Fact]
    public void Audit_counts_what_is_lost_twice_or_another_one()
    {
        var samples = new[] { Sample("a", "AAAA-1"), Sample("b", "BBBB-1"), Sample("c", "CCCC-1"), Sample("d", null), Sample("e", "EEEE-1") };

        var audit = DocumentAudit.Compare(samples, [("a", "AAAA1"), ("b", "OTHER"), ("d", "DDDD1"), ("e", "EEEE1"), ("e", "EEEE2")]);

        Assert.Equal(new DocumentAudit(Acknowledged: 4, Lost: 1, Duplicated: 2), audit);
    }

    [Fact]
    public void Requests_are_those_that_issue_and_those_that_verify() => Assert.Equal(
        [null, "status-503", null],
        DocumentAudit.Requests([Sample("a", "A") with { VerifyEndMicros = 30, VerifyFailure = "status-503" }, Sample("b", "B")]).Select(sample => sample.Failure));

    [Fact]
    public void Requests_that_failed_are_told_with_their_moment()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

        var failed = FailedRequest.First([Sample("a", "A"), Sample("b", "B") with { VerifyEndMicros = 2_000_010, VerifyFailure = "status-503" }, Sample("c", null)], now, nowMicros: 60_000_000);

        Assert.Equal(
            [
                new FailedRequest("issue", "c", "timeout", now.AddMinutes(-1), 0.01),
                new FailedRequest("verify", "b", "status-503", now - TimeSpan.FromMicroseconds(59_999_990), 2000),
            ],
            failed);
    }

    [Theory]
    [InlineData("a: 1\nversion: x\nb: 2\n", "a: 1\nb: 2\nversion: y\n")]
    [InlineData("a: 1\n", "a: 1\nversion: y\n")]
    [InlineData("version:\n  - x\n  - z\n# why\na:\n  version: 3\n", "# why\na:\n  version: 3\nversion: y\n")]
    public void A_key_of_a_descriptor_gets_another_value(string text, string expected) => Assert.Equal(expected, DescriptorEdit.With(text, "version", "y"));

    [Fact]
    public async Task Twenty_versions_are_deployed_and_the_first_one_is_back()
    {
        var platform = new FakePlatform();

        var report = await RunAsync(platform, "service-deploy");

        Assert.True(report.Passed, string.Join('\n', report.Complaints));
        Assert.Equal(21, platform.Deployed.Count);
        Assert.Equal(Descriptor, platform.Deployed[^1]);
        Assert.Equal(21, report.Steps.Count);
    }

    [Fact]
    public async Task A_deployment_that_takes_too_long_does_not_pass()
    {
        var report = await RunAsync(new FakePlatform { DeployMicros = 31_000_000 }, "service-deploy");

        Assert.False(report.Passed);
        Assert.Equal(31_000, report.Figures.Single(figure => figure.Name == "slowestDeployMs").Value);
    }

    [Fact]
    public async Task Bad_versions_must_be_refused_and_say_why()
    {
        var report = await RunAsync(new FakePlatform { Refuses = true, Says = "the container service crashes: citizens must not reach metrics" }, "service-bad-version");

        Assert.False(report.Passed);
        Assert.Equal(3, report.Complaints.Count);
        Assert.All(report.Complaints, complaint => Assert.Contains("does not say", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_version_that_is_taken_is_complained_about_and_taken_back()
    {
        var platform = new FakePlatform { Says = "crashes, citizens must not reach metrics, probe failed, there is no image, nothing was changed" };

        var report = await RunAsync(platform, "service-bad-version");

        Assert.Contains("a version that crashes: it was deployed", report.Complaints);
        Assert.Equal(Descriptor, platform.Deployed[^1]);
    }

    [Fact]
    public async Task A_lost_document_fails_the_drill()
    {
        var report = await RunAsync(new FakePlatform { Loses = true }, "end-to-end-leader-loss");

        Assert.False(report.Passed);
        Assert.Equal(1, report.Audit?.Lost);
    }

    [Fact]
    public async Task A_deployment_that_fails_and_documents_that_cannot_be_read_are_reported_with_what_was_measured()
    {
        var report = await RunAsync(new FakePlatform { Refuses = true, Says = "no quorum", Mute = true }, "service-deploy");

        using var json = JsonDocument.Parse(ServiceDrillReportWriter.ToJson(report));
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.StartsWith("deploy drill-1 ended with 1: no quorum; then reading the documents: it does not answer. ", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (json.RootElement.GetProperty("requests").GetInt32(), json.RootElement.GetProperty("acknowledged").GetInt32()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("lost").ValueKind);
    }

    [Fact]
    public async Task The_version_before_that_is_not_taken_again_is_said()
    {
        var report = await RunAsync(new FakePlatform { Says = "no quorum", RefusesFrom = 21 }, "service-deploy");

        Assert.False(report.Passed);
        Assert.StartsWith("the version before: deploy 1.0 again ended with 1: no quorum", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leader_whose_power_is_gone_gets_it_back_although_nobody_else_leads()
    {
        var platform = new FakePlatform { NobodyElseLeads = true };

        var report = await RunAsync(platform, "end-to-end-leader-loss");

        Assert.False(report.Passed);
        Assert.StartsWith("another node leads: not within 60 s. `appstack status test`", report.Error, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (report.Audit!.Acknowledged, report.Audit.Lost, report.Audit.Duplicated));
        Assert.Equal(["off main-db-1", "on main-db-1"], platform.Power);
    }

    private static Task<ServiceDrillReport> RunAsync(FakePlatform platform, string scenario) =>
        new ServiceDrillRunner(platform, _ => { }).RunAsync(ServiceDrillScenarios.Find(scenario)!, "test", new DrillSettings(), CancellationToken.None);

    private static DocumentSample Sample(string key, string? code) => new() { Key = key, IssueStartMicros = 0, IssueEndMicros = 10, Code = code, IssueFailure = code is null ? "timeout" : null };

    private sealed class FakePlatform : IServiceDrillPlatform, IDocumentLoad
    {
        private string _version = "1.0";
        private string _leader = "main-db-1";

        public List<string> Deployed { get; } = [];

        public List<string> Power { get; } = [];

        public long DeployMicros { get; init; } = 1_000_000;

        public bool Refuses { get; init; }

        public int RefusesFrom { get; init; } = int.MaxValue;

        public bool Loses { get; init; }

        public bool Mute { get; init; }

        public bool NobodyElseLeads { get; init; }

        public string Says { get; init; } = "";

        public long NowMicros { get; private set; }

        public string Descriptor => ServiceDrillTests.Descriptor;

        public IReadOnlyList<DocumentSample> Samples => [Sample("a", "A") with { IssueStartMicros = NowMicros, IssueEndMicros = NowMicros + 10 }];

        public Task<(string Version, int Ready, int All)> PodsAsync(CancellationToken cancellationToken) => Task.FromResult((_version, 2, 2));

        public Task<(int ExitCode, string Said)> DeployAsync(string descriptor, CancellationToken cancellationToken)
        {
            NowMicros += DeployMicros;
            Deployed.Add(descriptor);
            var refuses = Refuses || Deployed.Count >= RefusesFrom;
            if (!refuses)
            {
                _version = descriptor.Split('\n').Single(line => line.StartsWith("version: ", StringComparison.Ordinal))["version: ".Length..].Trim('"');
            }

            return Task.FromResult((refuses ? 1 : 0, Says));
        }

        public Task<string?> LeaderAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(_leader);

        public Task PowerOffAsync(string node, CancellationToken cancellationToken)
        {
            Power.Add($"off {node}");
            _leader = NobodyElseLeads ? _leader : "main-db-2";
            return Task.CompletedTask;
        }

        public Task PowerOnAsync(string node, CancellationToken cancellationToken)
        {
            Power.Add($"on {node}");
            return Task.CompletedTask;
        }

        public Task<IDocumentLoad> StartAsync(double rate, CancellationToken cancellationToken) => Task.FromResult<IDocumentLoad>(this);

        public Task<IReadOnlyList<(string Key, string Code)>> HeldAsync(CancellationToken cancellationToken) =>
            Mute ? throw new OperationException("it does not answer") : Task.FromResult<IReadOnlyList<(string Key, string Code)>>(Loses ? [] : [("a", "A")]);

        public Task<IReadOnlyList<DocumentSample>> StopAsync(CancellationToken cancellationToken) => Task.FromResult(Samples);

        public Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            NowMicros += (long)time.TotalMicroseconds;
            return Task.CompletedTask;
        }

        public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) => Task.FromResult(new VerifyReport([new VerifyCheck("ssh", "node", Ok: true, "answers", 1)], 1));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
