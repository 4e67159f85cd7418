using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AppStack.Lab.Tests.Kubernetes;
using AppStack.Lab.Tests.Machines;
using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Services;

/// <summary>What is promised of a service, on the whole way of a request. Times are not asserted, as tests share the machine: they are the figures of the drills.</summary>
[Collection(ServicePlatform.Name)]
[TestCaseOrderer("AppStack.Lab.Tests.Platform.ByOrder", "AppStack.Lab.Tests")]
public sealed class ServiceTests(ServicePlatform platform)
{
    private const string Client = "10.90.1.10";
    private const string Declaration = """{"type":"solemn-declaration","firstName":"Maria","lastName":"Papadopoulou","taxNumber":"090000045","recipient":"Ministry of Examples","text":"I live here."}""";
    private const string Kubectl = "/opt/appstack/kubernetes/bin/kubectl --kubeconfig /etc/kubernetes/admin.conf";
    private const string Version = "version: \"1.0.0\"";

    [RootFact, Order(1)]
    public async Task A_citizen_issues_and_verifies_a_document_through_the_firewall_with_the_platforms_certificate()
    {
        var verified = await CurlAsync($"https://{ServicePlatform.Host}/api/verifications/{await IssueAsync("lab-test-1")}");

        using var answer = JsonDocument.Parse(verified);
        Assert.True(answer.RootElement.GetProperty("valid").GetBoolean(), verified);
    }

    [RootFact, Order(1)]
    public async Task What_the_file_forbids_and_attacks_are_refused_and_HTTP_is_sent_to_HTTPS()
    {
        Assert.Equal("403", await StatusAsync($"'https://{ServicePlatform.Host}/api/verifications/1?id=1%27%20or%20%271%27=%271'"));
        Assert.Equal("405", await StatusAsync($"-X DELETE https://{ServicePlatform.Host}/api/declarations"));
        Assert.Equal("308", await StatusAsync($"http://{ServicePlatform.Host}/api/declarations"));
    }

    [RootFact, Order(2)]
    public async Task The_citizens_address_is_in_the_logs()
    {
        await CurlAsync($"-A address-test https://{ServicePlatform.Host}/api/verifications/none");

        var log = await platform.OnNodeAsync("gov-cp-1", $"{Kubectl} -n ingress logs daemonset/ingress | grep address-test");

        using var request = JsonDocument.Parse(log.Split('\n')[^1]);
        Assert.Equal((Client, "dilosi", "dilosi-team"), (Text("client"), Text("service"), Text("team")));

        string? Text(string name) => request.RootElement.GetProperty(name).GetString();
    }

    [RootFact, Order(2)]
    public async Task A_deployment_without_changes_changes_nothing_and_says_how_the_service_is_called()
    {
        Assert.Contains($"curl --cacert ca.crt --resolve dilosi.example:443:{ServicePlatform.Vip} https://dilosi.example/", platform.Said, StringComparison.Ordinal);
        Assert.Equal(["read"], (await platform.Command.RunAsync("up", platform.Stack, "--yes", "--json")).EnsureSuccess().ChangedResources().Values);
        await platform.WholeAsync();
    }

    [RootFact, Order(2)]
    public async Task Its_alerts_are_known_to_Prometheus_and_say_whose_they_are()
    {
        using var rules = JsonDocument.Parse(await platform.OnNodeAsync("watch-monitor-1", "curl --silent --fail 'http://10.90.0.71:9090/api/v1/rules?type=alert'"));

        var group = Assert.Single(rules.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray(), found => found.GetProperty("name").GetString() == "service-dilosi");
        Assert.All(group.GetProperty("rules").EnumerateArray(), rule => Assert.Equal("dilosi-team", rule.GetProperty("labels").GetProperty("team").GetString()));
        Assert.NotEqual(0, group.GetProperty("rules").GetArrayLength());
    }

    [RootFact, Order(3)]
    public async Task A_new_version_with_other_rules_comes_without_a_failed_request()
    {
        await using var requests = new SteadyRequests(new($"https://{ServicePlatform.Host}/api/verifications/{await IssueAsync("lab-test-2")}"), platform.Client());
        platform.Service("dilosi", platform.Sample((Version, "version: \"1.1.0\""), ("  methods: [GET, HEAD, POST]", "  methods: [GET, POST]")));

        (await platform.Command.RunAsync("up", platform.Stack, "--yes")).EnsureSuccess();
        await requests.StopAsync();

        Assert.True(requests.Answered > 20, $"{requests.Answered} answers");
        Assert.Empty(requests.Failures);
        Assert.Equal("1.1.0", await RunningAsync());
    }

    [RootFact, Order(4)]
    public async Task Everything_bad_is_refused_at_preview_at_once_with_its_place_and_nothing_changes()
    {
        var file = Path.Combine(platform.Folder, "other.crt");
        File.WriteAllText(file, CertificateFor("other.gov"));
        platform.Service("neighbour", "name: neighbour\nteam: t\nversion: \"1\"\nimage: { project: samples/dilosi/Dilosi.csproj }\nroutes: [{ hosts: [neighbour.example] }]\n");
        platform.Service("dilosi", platform.Sample(
            ("image: { project: samples/dilosi/Dilosi.csproj }", "image: { reference: \"appstack.local/dilosi:never-built\" }"),
            ("  - { hosts: [dilosi.example], bodyBytes: 65536 }", $"  - {{ hosts: [neighbour.example], tls: {{ certificate: {file}, key: tls-key }} }}")));

        var refused = await platform.Command.RunAsync("preview", platform.Stack);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Matches(@"service\.yaml:\d+:\d+\s+image\.reference\s+there is no image 'appstack\.local/dilosi:never-built'", refused.Output);
        Assert.Matches(@"service\.yaml:\d+:\d+\s+routes\[0\]\.hosts\s+neighbour\.example/ is the address of the service 'neighbour' already\s+.*neighbour/service\.yaml:5", refused.Output);
        Assert.Matches(@"service\.yaml:\d+:\d+\s+routes\[0\]\.tls\.certificate\s+does not match the host neighbour\.example; it is for other\.gov", refused.Output);
        Assert.Equal("1.1.0", await RunningAsync());
    }

    [RootFact, Order(4)]
    public async Task An_image_that_its_registry_does_not_have_is_refused_at_preview()
    {
        platform.Service("dilosi", platform.Sample(("image: { project: samples/dilosi/Dilosi.csproj }", "image: { reference: \"10.90.0.62:5000/gov/dilosi:never-put\" }")));

        var refused = await platform.Command.RunAsync("preview", platform.Stack);

        Assert.NotEqual(0, refused.ExitCode);
        // The registry's address is part of a secret output, and not shown.
        Assert.Matches(@"service\.yaml:\d+:\d+: image\.reference: there is no image '.+/gov/dilosi:never-put': its registry does not have it", refused.Output);
    }

    [RootFact, Order(4)]
    public async Task An_address_of_a_service_that_another_repository_deployed_is_refused_by_the_cluster_at_preview()
    {
        var elsewhere = new AppStackCommand(platform.Folder) { Variables = { ["APPSTACK_SERVICES"] = Path.Combine(platform.Folder, "elsewhere") } };
        var folder = Directory.CreateDirectory(Path.Combine(platform.Folder, "elsewhere", "copy")).FullName;
        File.WriteAllText(Path.Combine(folder, "service.yaml"), $"name: copy\nteam: t\nversion: \"1\"\nimage: {{ project: samples/dilosi/Dilosi.csproj }}\nroutes: [{{ hosts: [{ServicePlatform.Host}] }}]\n");

        var refused = await elsewhere.RunAsync("preview", Path.Combine(platform.Folder, $"{ServicePlatform.Name}-copy"));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"{ServicePlatform.Host}/ is the address of the service 'dilosi' already", refused.Output, StringComparison.Ordinal);
    }

    [RootFact, Order(4)]
    public async Task Rules_that_do_not_exist_or_do_not_compile_are_refused_at_preview()
    {
        platform.Service("dilosi", platform.Sample() + "  exclusions: [{ rule: 942105, path: /a, reason: \"there is none\" }]\n  parameters: [{ name: code, pattern: \"[0-9\" }]\n");

        var refused = await platform.Command.RunAsync("preview", platform.Stack);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Matches(@"service\.yaml:\d+:\d+\s+waf\.exclusions\[0\]\.rule\s", refused.Output);
        Assert.Matches(@"service\.yaml:\d+:\d+\s+waf\.parameters\[0\]\.pattern\s", refused.Output);
    }

    [RootTheory, Order(5), Trait("Category", "Long")]
    [InlineData("service-deploy")]
    [InlineData("service-bad-version")]
    public async Task Drills_of_deployments_fail_no_request(string scenario)
    {
        platform.Service("dilosi", platform.Sample());
        (await platform.Command.RunAsync("up", platform.Stack, "--yes")).EnsureSuccess();

        var result = await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json");

        var report = result.DrillReport();
        Assert.True(report.GetProperty("acknowledged").GetInt32() > 100, result.Output);
        Assert.Equal((0, 0, 0), (Number("failed"), Number("lost"), Number("duplicated")));

        int Number(string name) => report.GetProperty(name).GetInt32();
    }

    private static string CertificateFor(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.ExportCertificatePem();
    }

    private async Task<string> IssueAsync(string key)
    {
        var issued = await CurlAsync($"-H 'Content-Type: application/json' -H 'Idempotency-Key: {key}' -d '{Declaration}' https://{ServicePlatform.Host}/api/declarations");
        using var document = JsonDocument.Parse(issued);
        return document.RootElement.GetProperty("code").GetString()!;
    }

    private Task<string> RunningAsync() => platform.OnNodeAsync("gov-cp-1", $"{Kubectl} -n dilosi get deployment dilosi -o 'jsonpath={{.spec.template.metadata.labels.app\\.kubernetes\\.io/version}}'");

    private Task<string> StatusAsync(string arguments) => CurlAsync($"-o /dev/null -w '%{{http_code}}' {arguments}");

    private Task<string> CurlAsync(string arguments) => platform.OnNodeAsync(
        "city-client-1",
        $"curl --silent --show-error --max-time 10 --cacert <(echo '{platform.Authority}') --resolve {ServicePlatform.Host}:443:{ServicePlatform.Vip} --resolve {ServicePlatform.Host}:80:{ServicePlatform.Vip} {arguments}");
}
