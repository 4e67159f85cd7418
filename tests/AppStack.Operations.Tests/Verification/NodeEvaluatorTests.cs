using AppStack.Operations.Verification;
using AppStack.Testing;

namespace AppStack.Operations.Tests.Verification;

public sealed class NodeEvaluatorTests
{
    [Fact]
    public void Nodes_of_a_healthy_lab_pass_every_check()
    {
        var checks = ProbeData.All.SelectMany(node => NodeEvaluator.Evaluate(node, ProbeOutput.Parse(ProbeData.Read(node)))).ToList();

        Assert.All(checks, check => Assert.True(check.Ok, $"{check.Node}: {check.Name}: {check.Detail}"));
        Snapshot.Verify(string.Join('\n', checks.Select(check => $"{check.Node,-6} {check.Name,-14} {check.Detail}")));
    }

    [Theory]
    [InlineData("units", "ActiveState=active", "ActiveState=failed", "bird: failed (running); appstack-firewall: failed (exited)")]
    [InlineData("bgp", "Established", "Active", "lb1: 10.66.0.21 Active; fd66::21 Active; expected Established")]
    [InlineData("bfd", "eth0       Up", "eth0       Down", "lb1: 10.66.0.21: Down; fd66::21: Down; expected Up")]
    [InlineData("bfd", "10.66.0.21                eth0       Up", "", "lb1: 10.66.0.21: no session; expected Up")]
    [InlineData("routes", "{\"gateway\":\"10.66.0.22\",\"dev\":\"eth0\",\"weight\":1,\"flags\":[]}", "{}", "10.66.100.1: only via 10.66.0.21; missing next hop lb2")]
    [InlineData("drift", "\"deviations\":[]", "\"deviations\":[{\"role\":\"bgp-router\",\"kind\":\"mode\",\"name\":\"/etc/bird/bird.conf\",\"expected\":\"0640\",\"actual\":\"0644\"}]", "bgp-router: mode /etc/bird/bird.conf is 0644, expected 0640")]
    [InlineData("drift", "\"roles\":[\"bgp-router\"]", "\"roles\":[]", "nothing was applied to this node: it has no manifest; run `appstack up`")]
    public void A_router_that_is_off_says_what_and_what_was_expected(string check, string was, string becomes, string detail) =>
        AssertOff(ProbeData.Router, check, was, becomes, detail);

    [Theory]
    [InlineData("vip-address", "\"local\":\"10.66.100.1\"", "\"local\":\"10.66.100.2\"", "not on this node: 10.66.100.1")]
    [InlineData("servers", ",UP,1,1,", ",DOWN,1,1,", "web/web1: DOWN; web/web2: DOWN")]
    [InlineData("servers", "# pxname", "haproxy: no answer on its socket: No such file or directory\n#", "haproxy: no answer on its socket: No such file or directory")]
    public void A_load_balancer_that_is_off_says_what_and_what_was_expected(string check, string was, string becomes, string detail) =>
        AssertOff(ProbeData.LoadBalancer, check, was, becomes, detail);

    [Theory]
    [InlineData("vip-ipv4", "200|", "503|", "http://10.66.100.1:80/: 24x status 503; expected status 200")]
    [InlineData("vip-ipv4", "200|", "000|", "http://10.66.100.1:80/: 24x no answer; expected status 200")]
    [InlineData("vip-ipv4-paths", "|10.66.0.22|", "|10.66.0.21|", "no answer came through lb2")]
    [InlineData("vip-ipv6-paths", "|10.66.0.22|", "||", "no answer came through lb2")]
    public void A_client_that_is_not_served_says_how(string check, string was, string becomes, string detail) =>
        AssertOff(ProbeData.Client, check, was, becomes, detail);

    [Theory]
    [InlineData("Sep  2 08:00:00 2027 GMT", "Dec  2 08:00:00 2026 GMT", "/etc/appstack/metrics/node.crt ends in 4 days; `appstack up` renews certificates")]
    [InlineData("Sep  2 08:00:00 2027 GMT", "Sep  2 08:00:00 2025 GMT", "/etc/appstack/metrics/node.crt has ended; `appstack up` renews certificates")]
    [InlineData("Sep  2 08:00:00 2027 GMT", "", "they cannot be read:  /etc/appstack/metrics/node.crt")]
    public void A_certificate_that_ends_soon_is_told(string was, string becomes, string detail) => AssertOff(ProbeData.Backend, "certificates", was, becomes, detail);

    [Fact]
    public void A_probe_that_was_cut_off_fails_the_checks_that_it_did_not_reach()
    {
        var output = ProbeData.Read(ProbeData.Router);
        var cut = output[..output.IndexOf("@@section bfd", StringComparison.Ordinal)];

        var checks = NodeEvaluator.Evaluate(ProbeData.Router, ProbeOutput.Parse(cut));

        Assert.All(checks.Where(check => check.Name is "units" or "bgp"), check => Assert.True(check.Ok));
        Assert.All(checks.Where(check => check.Name is "bfd" or "routes" or "drift"), check => Assert.False(check.Ok));
        Assert.Contains("printed no section", checks[^1].Detail, StringComparison.Ordinal);
    }

    private static void AssertOff(NodeExpectation node, string name, string was, string becomes, string detail)
    {
        var output = ProbeData.Read(node);
        Assert.Contains(was, output, StringComparison.Ordinal);
        var probe = ProbeOutput.Parse(output.Replace(was, becomes, StringComparison.Ordinal));

        var off = NodeEvaluator.Evaluate(node, probe).First(check => check.Name == name && !check.Ok);

        Assert.StartsWith(detail, off.Detail, StringComparison.Ordinal);
        Assert.Equal(node.Name, off.Node);
    }
}
