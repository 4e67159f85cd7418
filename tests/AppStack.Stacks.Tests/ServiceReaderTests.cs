using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services;
using AppStack.Testing;

namespace AppStack.Stacks.Tests;

public sealed class ServiceReaderTests
{
    private const string Small = """
        name: benefits
        team: benefits-team
        version: "1.0"
        image: { reference: "registry.example/benefits:1.0" }

        """;

    [Fact]
    public void The_sample_service_has_no_problems()
    {
        var dilosi = ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read();

        Assert.Equal("samples/dilosi/Dilosi.csproj", dilosi.Project);
        Assert.Equal("Dilosi__Database", dilosi.Spec.Database!.Setting);
        Assert.Equal(8081, dilosi.Spec.Probes.Port);
    }

    [Fact]
    public void What_is_not_written_has_a_safe_default()
    {
        var spec = Read(Small).Spec;

        Assert.Equal(2, spec.Replicas);
        Assert.Equal(TimeSpan.FromSeconds(60), spec.Deadline);
        Assert.Equal(new Components.Kubernetes.Waf.WafSpec(), spec.Waf);
    }

    [Fact]
    public void Everything_wrong_is_reported_at_once()
    {
        var file = RepositoryFiles.Of("tests", "AppStack.Stacks.Tests", "Descriptors", "broken-service.yaml");

        var exception = Assert.Throws<DescriptorException>(() => ServiceReader.Read(File.ReadAllText(file), "benefits", "stacks/services/benefits/service.yaml"));

        Snapshot.Verify(exception.Message);
    }

    [Fact]
    public void Rules_of_the_firewall_that_do_not_exist_or_do_not_compile_are_refused_where_they_stand()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read(Small + """
            waf:
              exclusions:
                - { rule: 942101, target: "ARGS:text", path: /a, reason: "is there" }
                - { rule: 942105, target: "ARGS:text", path: /a, reason: "is not" }
              parameters:
                - name: code
                  pattern: "[0-9"

            """));

        Assert.Equal(
            ["8:9 waf.exclusions[1].rule", "11:7 waf.parameters[0].pattern"],
            exception.Problems.Select(problem => $"{problem.Line}:{problem.Column} {problem.Path}"));
    }

    [Fact]
    public void A_route_has_a_certificate_of_the_platform_unless_it_brings_one()
    {
        var service = Read(Small + "routes:\n  - { hosts: [a.gov] }\n  - { name: b, hosts: [b.gov], tls: { certificate: b.crt, key: b-key } }\n  - { name: c, hosts: [c.gov], tls: { secret: c } }\n  - { name: d, hosts: [d.gov], plain: true }\n");

        Assert.Equal([true, true, false, null], service.Spec.Routes.Select(route => route.Tls?.Issued));
        Assert.Equal(new RouteCertificate("b.crt", "b-key"), service.Certificates[1]);
        Assert.Single(service.Certificates);
    }

    [Fact]
    public void Mistakes_of_alerts_are_told_where_they_stand()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read(Small + """
            alerts:
              - { name: few-documents, expression: "x > 1", summary: few }
              - { name: NodeDown, expression: "x > 1", summary: few, severity: loud }
              - { name: Twice, expression: "x > 1", summary: few, for: 8d }
              - { name: Twice, summary: few }

            """));

        Assert.Equal(
            ["6:7 alerts[0].name", "7:7 alerts[1].name", "7:68 alerts[1].severity", "8:55 alerts[2].for", "9:5 alerts[3].expression", "9:7 alerts[3].name"],
            exception.Problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Path, StringComparer.Ordinal).Select(problem => $"{problem.Line}:{problem.Column} {problem.Path}"));
    }

    [Fact]
    public void Mistakes_of_routes_are_told_where_they_stand()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read(Small + """
            routes:
              - hosts: [Benefits.gov]
                paths: [/a/]
                plain: true
                tls: { certificate: a.crt }
                responseTimeout: 1500ms
              - name: b
                hosts: []
                bodyBites: 5

            """));

        Assert.Equal(
            [
                "6:13 routes[0].hosts[0]",
                "7:13 routes[0].paths[0]",
                "8:5 routes[0].plain",
                "9:5 routes[0].tls",
                "10:5 routes[0].responseTimeout",
                "12:12 routes[1].hosts",
                "13:5 routes[1].bodyBites",
            ],
            exception.Problems.Select(problem => $"{problem.Line}:{problem.Column} {problem.Path}"));
    }

    [Fact]
    public void A_value_that_could_not_be_read_is_reported_once()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read(Small.Replace("registry.example/benefits:1.0", "", StringComparison.Ordinal) + "replicas: many\n"));

        Assert.Equal(["image.reference", "replicas"], exception.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void A_name_with_a_value_twice_is_told()
    {
        var exception = Assert.Throws<DescriptorException>(() => Read(Small + "config:\n  A: 1\n  A: 2\n  B:\n  C: [1]\n"));

        Assert.Equal(
            ["service.yaml:7:3 config.A the key 'A' occurs twice", "service.yaml:8:5 config.B nothing stands where a single value belongs", "service.yaml:9:6 config.C a list stands where a single value belongs"],
            exception.Problems.Select(problem => $"{problem.Place} {problem.Path} {problem.Wrong}"));
    }

    [Fact]
    public void A_service_that_is_not_there_is_told_with_what_was_meant()
    {
        var exception = Assert.Throws<DescriptorException>(() => ServiceFiles.Find(RepositoryFiles.Of(), "dilosy").Read());

        Assert.Contains("there is no service 'dilosy' (did you mean dilosi?)", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("benefits")]
    [InlineData("tax-returns")]
    public void What_new_service_writes_is_valid_with_and_without_what_is_commented_out(string name)
    {
        var text = NewService.Files(name)[ServiceFiles.FileName];
        // Every commented key of the template, taken in: lines that begin with "# key:" or continue one.
        var all = string.Join('\n', text.Split('\n').Select(line => Commented(line) ? line[2..] : line));

        Assert.Equal(name, ServiceReader.Read(text, name, "service.yaml").Spec.Name);
        var full = ServiceReader.Read(all, name, "service.yaml");
        Assert.Equal($"stacks/services/{name}/migrations", full.Migrations);
        Assert.Equal(8081, full.Spec.Metrics!.Port);
        Assert.Single(full.Spec.Secrets);
        Assert.Single(full.Spec.Egress);
        Assert.Single(full.Spec.Routes);
        Assert.Single(full.Spec.Alerts);
        Assert.Equal("GET POST", string.Join(' ', full.Spec.Waf.Methods));
    }

    [Theory]
    [InlineData("local", "local", null)]
    [InlineData("local-dilosi", "local", "dilosi")]
    [InlineData("prod.example-dilosi", "prod.example", "dilosi")]
    [InlineData("local-not-there", "local", "not-there")]
    [InlineData("nowhere-dilosi", "nowhere-dilosi", null)]
    public void A_stack_is_an_environment_or_a_service_in_one(string stack, string environment, string? service)
    {
        var found = StackFiles.Find(RepositoryFiles.Of(), stack);

        Assert.Equal((stack, environment, service), (found.Name, found.Environment.Name, found.Service?.Name));
    }

    [Fact]
    public void A_stack_elsewhere_is_found_by_its_path()
    {
        var found = StackFiles.Find(RepositoryFiles.Of(), Path.Combine(RepositoryFiles.Environments, "local-dilosi"));

        Assert.Equal(("local-dilosi", Path.Combine(RepositoryFiles.Environments, "local.yaml"), "dilosi"), (found.Name, found.Environment.Path, found.Service!.Name));
    }

    private static bool Commented(string line) =>
        line.StartsWith("#   ", StringComparison.Ordinal)
        || (line.StartsWith("# ", StringComparison.Ordinal) && line.IndexOf(':') is > 0 and var colon && line[2..colon].All(char.IsAsciiLetter) && char.IsAsciiLetterLower(line[2]));

    private static ServiceDefinition Read(string text) => ServiceReader.Read(text, "benefits", "service.yaml");
}
