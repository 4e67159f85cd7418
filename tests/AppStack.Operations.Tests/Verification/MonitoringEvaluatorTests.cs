using AppStack.Components.Monitoring;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Tests.Verification;

public sealed class MonitoringEvaluatorTests
{
    private const string Health = "Prometheus Server is Healthy.";

    private const string Targets = """
        {"status":"success","data":{"activeTargets":[
          {"labels":{"job":"node","node":"lb1"},"health":"up","lastError":""},
          {"labels":{"job":"haproxy","node":"lb1"},"health":"up","lastError":""}]}}
        """;

    private const string Rules = """
        {"status":"success","data":{"groups":[{"name":"nodes","rules":[
          {"name":"NodeDown","state":"inactive","health":"ok","type":"alerting"},
          {"name":"UnitFailed","state":"inactive","health":"ok","type":"alerting"}]}]}}
        """;

    private const string Alerts = """
        [{"labels":{"alertname":"Watchdog","severity":"none"}},{"labels":{"alertname":"NodeDown","node":"web1","severity":"critical"}}]
        """;

    internal static NodeExpectation Node { get; } = new()
    {
        Name = "monitor",
        Role = NodeRole.Monitoring,
        Units = ["prometheus", "prometheus-alertmanager"],
        Monitoring = new()
        {
            Prometheus = "http://10.66.0.61:9090/",
            Alertmanager = "http://10.66.0.61:9093/",
            Targets = [("node", "lb1"), ("haproxy", "lb1")],
            Rules = new Dictionary<string, int>(StringComparer.Ordinal) { ["nodes"] = 2 },
            Patience = TimeSpan.FromSeconds(6),
        },
    };

    [Fact]
    public void What_is_whole_passes_every_check()
    {
        var checks = Checks(Health, Targets, Rules, Alerts);

        Assert.All(checks, check => Assert.True(check.Ok, check.Detail));
        Assert.Equal(["prometheus", "targets", "rules", "alertmanager"], checks.Select(check => check.Name));
        Assert.Equal("alerts arrive; raised: NodeDown web1", checks[^1].Detail);
    }

    [Theory]
    [InlineData("\"node\":\"lb1\"},\"health\":\"up\",\"lastError\":\"\"},", "\"node\":\"lb1\"},\"health\":\"down\",\"lastError\":\"connection refused\"},", "targets", "node of lb1 is down (connection refused)")]
    [InlineData("\"job\":\"haproxy\"", "\"job\":\"squid\"", "targets", "haproxy of lb1 is missing; squid of lb1 is looked at, but not expected")]
    [InlineData("\"name\":\"nodes\"", "\"name\":\"others\"", "rules", "nodes has 0 rules, expected 2")]
    [InlineData("\"health\":\"ok\"", "\"health\":\"err\",\"lastError\":\"no such function\"", "rules", "NodeDown cannot be evaluated: no such function")]
    [InlineData("\"severity\":\"none\"", "\"severity\":\"warning\"", "alertmanager", "has not arrived")]
    [InlineData("\"status\":\"success\",\"data\":{\"activeTargets\"", "<html>", "targets", "the answer is not what was expected")]
    public void What_is_off_is_told(string good, string bad, string name, string detail)
    {
        var check = Assert.Single(Checks(Health, Targets.Replace(good, bad, StringComparison.Ordinal), Rules.Replace(good, bad, StringComparison.Ordinal), Alerts.Replace(good, bad, StringComparison.Ordinal)), found => !found.Ok);

        Assert.Equal(name, check.Name);
        Assert.Contains(detail, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_that_are_raised_and_not_hushed_are_told()
    {
        const string Answer = """
            [{"labels":{"alertname":"Watchdog","severity":"none"},"status":{"state":"active"}},
             {"labels":{"alertname":"NodeDown","node":"web1","cluster":"web","severity":"critical"},"annotations":{"summary":"web1 does not answer","runbook":"docs/operations/alerts.md#nodedown"},"status":{"state":"active"}},
             {"labels":{"alertname":"UnitFailed","node":"web1","severity":"warning"},"status":{"state":"suppressed"}}]
            """;

        var alert = Assert.Single(MonitoringEvaluator.Raised(ProbeOutput.Parse($"@@section watchdog\n{Answer}\n@@exit 0\n")));

        Assert.Equal(new("NodeDown", AlertSeverity.Critical, "web1", "web", "web1 does not answer", "docs/operations/alerts.md#nodedown"), alert);
        Assert.Empty(MonitoringEvaluator.Raised(ProbeOutput.Parse("@@section watchdog\ncurl: (7) Failed to connect\n@@exit 7\n")));
    }

    [Fact]
    public void A_Prometheus_that_does_not_answer_is_off() =>
        Assert.All(
            MonitoringEvaluator.Evaluate(Node, ProbeOutput.Parse(string.Concat(new[] { "prometheus", "targets", "rules", "watchdog" }.Select(name => $"@@section {name}\ncurl: (7) Failed to connect\n\n@@exit 7\n")))),
            check => Assert.Equal((false, "curl: (7) Failed to connect"), (check.Ok, check.Detail)));

    [Fact]
    public void Other_nodes_have_no_such_checks() => Assert.Empty(MonitoringEvaluator.Evaluate(ProbeData.Backend, ProbeOutput.Parse("")));

    private static IReadOnlyList<VerifyCheck> Checks(string health, string targets, string rules, string alerts)
    {
        var sections = new[] { ("prometheus", health), ("targets", targets), ("rules", rules), ("watchdog", alerts) };
        return [.. MonitoringEvaluator.Evaluate(Node, ProbeOutput.Parse(string.Concat(sections.Select(section => $"@@section {section.Item1}\n{section.Item2}\n@@exit 0\n"))))];
    }
}
