using System.Globalization;
using System.Text.Json;
using AppStack.Lab.Tests.Machines;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Kubernetes;

/// <summary>What is promised of the ingress, through the VIP of a real cluster.</summary>
[Collection(KubernetesPlatform.Name)]
[TestCaseOrderer("AppStack.Lab.Tests.Platform.ByOrder", "AppStack.Lab.Tests")]
public sealed class IngressTests(KubernetesPlatform platform)
{
    private const string Vip = "10.84.100.1";
    private const string Client = "10.84.1.10";
    private const string Monitor = "watch-monitor-1";
    private const string MonitorAddress = "10.84.0.61";
    private const string Kubectl = "/opt/appstack/kubernetes/bin/kubectl --kubeconfig /etc/kubernetes/admin.conf -n ingress";

    [RootFact, Order(1)]
    public async Task The_clients_address_arrives_and_what_it_says_of_itself_is_not_believed()
    {
        var answer = await CurlAsync($"-H 'X-Forwarded-For: 192.0.2.1' -H 'X-Request-ID: mine' http://{Vip}/");

        using var json = JsonDocument.Parse(answer);
        Assert.Equal(Client, json.RootElement.GetProperty("client").GetString());
        Assert.NotEqual("mine", json.RootElement.GetProperty("request").GetString());
    }

    [RootTheory, Order(1)]
    [InlineData("/?id=1%27%20or%20%271%27=%271", "403")]
    [InlineData("/?name=O%27Brien", "200")]
    public async Task An_attack_is_refused_and_a_name_is_not(string path, string status) =>
        Assert.Equal(status, await CurlAsync($"-o /dev/null -w '%{{http_code}}' -H 'Host: welcome.test' 'http://{Vip}{path}'"));

    [RootFact, Order(1)]
    public async Task TLS_ends_at_the_ingress() => Assert.Equal("ok", await CurlAsync($"-k https://{Vip}/health"));

    [RootFact, Order(1)]
    public async Task The_ingress_does_not_run_out_of_ports_to_a_service() =>
        Assert.Equal("1", await platform.OnNodeAsync("gov-worker-1", "nsenter --net --target $(pgrep --full --newest '[n]ginx: master process nginx -c /run/ingress') cat /proc/sys/net/ipv4/tcp_tw_reuse"));

    [RootFact, Order(2)]
    public async Task Pages_show_what_citizens_were_answered_and_which_rules_matched()
    {
        await CurlAsync($"-o /dev/null 'http://{Vip}/?id=1%27%20or%20%271%27=%271'");

        // Only sums of what all pods say: which of them was asked, nobody knows.
        await platform.UntilAsync(async () => await CountAsync("appstack_ingress_requests_total{cluster=\"gov\",service=\"welcome\",status=\"403\"}") > 0
            && await CountAsync("appstack_ingress_waf_rules_total{service=\"welcome\",rule=\"942100\"}") > 0
            && await CountAsync("appstack_ingress_request_seconds_count{service=\"welcome\"}") > 0);
        Assert.Equal(1, await CountAsync("max by (cluster) (appstack_ingress_routes{state=\"live\"})"));
        // What is within the last hour is known from the second look on.
        await platform.UntilAsync(async () => (await platform.OnNodeAsync(Monitor, $"curl --silent --fail http://{MonitorAddress}:9090/consoles/waf.html")).Contains("welcome 942100", StringComparison.Ordinal));
    }

    [RootFact, Order(2)]
    public async Task A_route_that_nginx_does_not_read_is_refused_with_its_words_and_the_others_serve()
    {
        var refused = await platform.OnNodeAsync("gov-cp-1", $"{Kubectl} create --dry-run=server -f - 2>&1 <<'END' || true\n{Route("SecRule ARGS \"@rx x\" \"id:22000001,phase:9\"")}\nEND");

        Assert.Contains("denied the request: nginx -t:", refused, StringComparison.Ordinal);
        Assert.Contains("routes/bad/bad.conf. Line: 1.", refused, StringComparison.Ordinal);
        Assert.Equal("200", await CurlAsync($"-o /dev/null -w '%{{http_code}}' http://{Vip}/"));
    }

    [RootFact, Order(2)]
    public async Task A_route_that_is_right_would_be_taken() =>
        Assert.Contains("configmap/bad-1 created", await platform.OnNodeAsync("gov-cp-1", $"{Kubectl} create --dry-run=server -f - <<'END'\n{Route("SecRule ARGS \"@rx x\" \"id:22000001,phase:2,deny\"")}\nEND"), StringComparison.Ordinal);

    [RootFact, Order(3)]
    public async Task Rules_change_under_load_and_nobody_notices()
    {
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, "waf-reload", "--json", "--rate", "50");

        var report = result.DrillReport();
        Assert.Equal("waf-reload", report.GetProperty("scenario").GetString());
        Assert.Equal(0, report.GetProperty("failed").GetInt32());
        await platform.WholeAsync();
    }

    [RootFact, Order(4)]
    public async Task Events_of_the_firewall_arrive_once_each_whatever_is_restarted_meanwhile()
    {
        const string Collector = "appstack-metrics-waf-store.service", Server = "appstack-waf-events.service";
        await AttackAsync(1, 50);

        // The store is away while a pod of the ingress ends that has events of its own.
        await platform.OnNodeAsync(Monitor, $"systemctl stop {Collector}");
        await Task.WhenAll(
            AttackAsync(51, 550),
            platform.OnNodeAsync("gov-cp-1", $"{Kubectl} delete pod -l app.kubernetes.io/name=ingress --field-selector spec.nodeName=gov-worker-1 && {Kubectl} rollout status daemonset/ingress --timeout=60s"));

        // It comes back, what it asks ends under its hands, and so does it.
        await platform.OnNodeAsync("gov-worker-2", $"systemctl stop {Server}");
        await platform.OnNodeAsync(Monitor, $"systemctl start {Collector}");
        await Task.WhenAll(AttackAsync(551, 1000), platform.OnNodeAsync(Monitor, $"systemctl kill --signal=KILL {Collector}"));
        await platform.OnNodeAsync("gov-worker-2", $"systemctl start {Server}");

        await platform.UntilAsync(async () => (await EventsAsync()).Count >= 1000);
        var events = await EventsAsync();
        Assert.Equal(Enumerable.Range(1, 1000).Select(number => $"/event/{number}").Order(StringComparer.Ordinal), events.Select(found => Text(found, "path")).Order(StringComparer.Ordinal));
        Assert.Equal(1000, events.Select(found => Text(found, "request")).Distinct().Count());
        Assert.All(events, found =>
        {
            Assert.Equal(("welcome", "10.84.1.10", 403), (Text(found, "service"), Text(found, "client"), found.GetProperty("status").GetInt32()));
            Assert.NotEqual("", Text(found, "team"));
            Assert.Contains("942100", found.GetProperty("rules").EnumerateArray().Select(rule => Text(rule, "id")));
        });
        await platform.WholeAsync();

        static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    }

    private async Task<IReadOnlyList<JsonElement>> EventsAsync()
    {
        var result = (await platform.Command.RunAsync("waf", "events", platform.Descriptor, "--service", "welcome", "--json")).EnsureSuccess();
        return [.. result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(found => found.GetProperty("path").GetString()!.StartsWith("/event/", StringComparison.Ordinal))];
    }

    private async Task AttackAsync(int first, int last)
    {
        var answers = await CurlAsync($"-o /dev/null -w '%{{http_code}}\n' 'http://{Vip}/event/[{first}-{last}]?id=1%27%20or%20%271%27=%271'");
        Assert.All(answers.Split('\n'), status => Assert.Equal("403", status));
    }

    private static string Route(string rule) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: bad-1, labels: { ingress.appstack.dev/kind: route } }
        data:
          route.json: '{"service":"bad","namespace":"welcome","hosts":["bad.test"],"paths":["/"],"target":"welcome","port":80,"level":1}'
          locations.conf: "location / { include @ROUTE@/location.conf; }"
          location.conf: "modsecurity on; modsecurity_rules_file @ROUTE@/bad.conf; return 200;"
          bad.conf: '{{rule}}'
        """;

    private async Task<double> CountAsync(string series)
    {
        var answer = await platform.OnNodeAsync(Monitor, $"curl --silent --fail --get --data-urlencode 'query=sum({series})' http://{MonitorAddress}:9090/api/v1/query");
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Sum(found => double.Parse(found.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture));
    }

    private Task<string> CurlAsync(string arguments) => platform.OnNodeAsync("city-client-1", $"curl --silent --max-time 5 {arguments}");
}
