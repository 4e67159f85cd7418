using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Services;
using AppStack.Components.Services.Images;
using AppStack.Components.Tests.Kubernetes;
using AppStack.Testing;

namespace AppStack.Components.Tests.Services;

public sealed class ServiceTests
{
    private static ServiceSpec Benefits { get; } = new()
    {
        Name = "benefits",
        Team = "benefits-team",
        Version = "1.4.2",
        Image = "registry.example/benefits:1.4.2",
        Probes = new() { Port = 8081 },
        Metrics = new(),
        Config = ImmutableSortedDictionary<string, string>.Empty.Add("LOG_LEVEL", "info"),
        Secrets = [new("smtp-password", "SMTP_PASSWORD_FILE")],
        Database = new() { Setting = "DATABASE", PasswordFile = "DATABASE_PASSWORD_FILE", ReadOnlySetting = "DATABASE_READ_ONLY" },
        Egress = [new() { To = "10.20.0.5/32", Ports = [443] }],
        Routes = [new() { Hosts = ["benefits.example.gov"] }, new() { Name = "officials", Hosts = ["officials.example.gov"], Paths = ["/benefits"], Tls = null }],
        Waf = new() { Methods = ["GET", "POST"] },
    };

    private static DatabaseAccess Database { get; } = new()
    {
        Hosts = ["10.0.0.46", "10.0.0.47"],
        Port = 6432,
        Name = "benefits",
        ReadOnlyName = "benefits_ro",
        Username = "benefits_runtime_a",
        Password = "not a password",
        Authority = "-----BEGIN CERTIFICATE-----\n",
    };

    [Theory]
    [InlineData("1.20.2")]
    [InlineData("1.34.2")]
    public async Task A_service_with_everything(string version) => Snapshot.Verify(await ManifestsAsync(Benefits, version), "json", version);

    [Theory]
    [InlineData("1.20.2")]
    [InlineData("1.34.2")]
    public async Task A_small_service_that_is_scaled(string version) => Snapshot.Verify(
        await ManifestsAsync(Benefits with { Metrics = null, Secrets = [], Database = null, Egress = [], Routes = [], Scaling = new() { Most = 6 } }, version), "json", version);

    [Fact]
    public async Task Another_password_makes_another_secret_and_no_other_configuration()
    {
        var before = await NamesAsync(Database);
        var after = await NamesAsync(Database with { Password = "another one" });

        Assert.Equal(before.Where(Config), after.Where(Config));
        Assert.NotEqual(before.Where(Secret), after.Where(Secret));

        static bool Config(string name) => name.Contains("ConfigMap", StringComparison.Ordinal);
        static bool Secret(string name) => name.Contains("core/v1:Secret", StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_login_role_makes_another_configuration() => Assert.NotEqual(
        ServiceSettings.Of(Benefits, Database, Secrets).Variables["DATABASE"],
        ServiceSettings.Of(Benefits, Database with { Username = "benefits_runtime_b" }, Secrets).Variables["DATABASE"]);

    [Fact]
    public void What_opens_a_database_is_not_shown() => Assert.DoesNotContain("not a password", Database.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Routes_that_cannot_be_are_told_where_they_stand() => Assert.Equal(
        [
            "waf.slot: is one range of rule ids, and every route needs its own; leave it out, or keep one route",
            "routes[0].paths[0]: 'api' is not a path; it begins with a slash and does not end with one, and has letters, digits and - . _ ~ in between: /api",
            "routes[1].name: is that of routes[0] already; give every further route a name",
            "routes[1].hosts[0]: 'Benefits' is not a host name; use lower-case letters, digits, hyphens and dots, without port: dilosi.example.gov",
            "routes[1].bodyBytes: 0 is not a size for requests; use 1 to 1073741824 (1 GiB)",
            "routes[2].name: 'of a very long name that nobody would read' is not the name of a route; use lower-case letters, digits and hyphens, at most 40 together with the service's name",
            "routes[2].hosts: is empty; nobody would know where the service is",
        ],
        ServiceValidator.Validate(Benefits with
        {
            Waf = new() { Slot = 5 },
            Routes = [new() { Hosts = ["a.gov"], Paths = ["api"] }, new() { Hosts = ["Benefits"], BodyBytes = 0 }, new() { Name = "of a very long name that nobody would read", Hosts = [] }],
        }).Where(problem => !problem.Path.StartsWith("waf.s", StringComparison.Ordinal) || problem.Path == "waf.slot").Select(problem => problem.ToString()));

    [Fact]
    public void Two_routes_of_a_service_do_not_claim_the_same() => Assert.Equal(
        ["routes[1].hosts: a.gov/ is the address of the service 'benefits' already"],
        ServiceValidator.Validate(Benefits with { Routes = [new() { Hosts = ["a.gov"] }, new() { Name = "b", Hosts = ["a.gov", "b.gov"] }] }).Select(problem => problem.ToString()));

    [Theory]
    [InlineData("registry.example/benefits:1.4.2", null)]
    [InlineData("registry.example:5000/team/benefits@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", null)]
    [InlineData("registry.example/benefits:latest", "another image every day")]
    [InlineData("registry.example/benefits", "not the reference of an image")]
    [InlineData("benefits:1", "not the reference of an image")]
    [InlineData("registry.example/Benefits:1", "not the reference of an image")]
    public void Images_are_exact(string image, string? problem)
    {
        var problems = ServiceValidator.Validate(Benefits with { Image = image }).Select(found => found.Message);

        Assert.Equal(problem is null ? 0 : 1, problems.Count(found => found.Contains(problem ?? "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_tag_of_an_image_follows_from_the_sources_and_from_nothing_else()
    {
        var root = Directory.CreateTempSubdirectory("appstack-source-").FullName;
        try
        {
            var project = Path.Combine(root, "app", "App.csproj");
            Directory.CreateDirectory(Path.Combine(root, "app", "obj"));
            File.WriteAllText(project, "<Project/>");
            var first = SourceHash.Of(root, project);

            File.WriteAllText(Path.Combine(root, "app", "obj", "built.txt"), "whatever a build leaves");
            Assert.Equal(first, SourceHash.Of(root, project));
            File.WriteAllText(Path.Combine(root, "app", "Program.cs"), "return;");
            Assert.NotEqual(first, SourceHash.Of(root, project));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static ImmutableDictionary<string, string> Secrets { get; } = ImmutableDictionary<string, string>.Empty.Add("smtp-password", "not a password either");

    private static Task<string> ManifestsAsync(ServiceSpec spec, string version, DatabaseAccess? database = null) => Manifests.TextAsync(provider => _ = new Service("benefits", new ServiceArgs
    {
        Spec = spec,
        Provider = provider,
        Kubernetes = KubernetesVersion.TryParse(version)!,
        Database = spec.Database is null ? null : database ?? Database,
        Secrets = Secrets,
        Ingress = new() { Controller = IngressControllerKind.DebianNginx, Authority = new PrivateAuthority("authority") },
        MonitoringNetworks = ["10.0.0.61/32"],
    }));

    private static async Task<List<string>> NamesAsync(DatabaseAccess database) =>
        [.. (await ManifestsAsync(Benefits, "1.20.2", database)).Split('\n').Where(line => line.StartsWith("  \"kubernetes:", StringComparison.Ordinal))];
}
