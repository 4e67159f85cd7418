using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services;

namespace AppStack.Stacks.Tests;

public sealed class ServicePlanTests
{
    private const string Benefits = """
        name: benefits
        team: benefits-team
        version: "1.0"
        image: { reference: "registry.example/benefits:1.0" }

        """;

    [Fact]
    public void The_sample_service_in_the_lab_is_built_and_brings_its_schema()
    {
        var plan = ServicePlan.Of(Environment("local"), ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(), RepositoryFiles.Of());

        Assert.Equal("gov", plan.Cluster.Name);
        Assert.Matches("^appstack.local/dilosi:[0-9a-f]{12}$", plan.Image!.Reference);
        Assert.Equal(plan.Image.Reference, plan.Spec.Image);
        Assert.Equal(["0001-declarations.sql"], plan.Migrations.Select(migration => migration.Name));
    }

    [Fact]
    public void A_release_that_is_put_back_has_the_image_that_it_had()
    {
        var plan = ServicePlan.Of(Environment("local"), ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(), RepositoryFiles.Of(), "appstack.local/dilosi:0123456789ab");

        Assert.Equal("appstack.local/dilosi:0123456789ab", plan.Spec.Image);
        Assert.Equal("appstack.local/dilosi:0123456789ab", plan.Image!.Reference);
    }

    [Fact]
    public void Everything_that_does_not_fit_into_the_environment_is_told_at_once_and_at_its_place()
    {
        var exception = Assert.Throws<DescriptorException>(() => Plan("prod.example", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/dilosi/Dilosi.csproj }", StringComparison.Ordinal)
            + "cluster: goc\ndatabase: { setting: A, passwordFile: B, migrations: samples/nowhere }\n"));

        Assert.Equal(
            [
                "service.yaml:4:1 image.project prod.example is no lab, and its nodes get images from registries",
                "service.yaml:5:1 cluster the environment prod.example has no Kubernetes cluster 'goc'",
                "service.yaml:6:1 database the environment prod.example has no database for benefits",
                $"service.yaml:6:1 database.migrations There is no folder {RepositoryFiles.Of("samples", "nowhere")}; it should hold a database's migrations (0001-persons.sql, ...).",
            ],
            exception.Problems.Select(problem => $"{problem.Place.Split(':')[0]}:{problem.Line}:1 {problem.Path} {problem.Wrong}"));
        Assert.Equal("did you mean 'gov'?", exception.Problems[1].Right);
    }

    [Fact]
    public void The_sample_service_is_called_through_the_virtual_address_with_its_authority()
    {
        var environment = Environment("local");
        var plan = ServicePlan.Of(environment, ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(), RepositoryFiles.Of());

        Assert.Equal(["https://dilosi.example/"], plan.Urls.AsEnumerable());
        Assert.Equal(
            ["./appstack stack output authority --stack local > ca.crt", "curl --cacert ca.crt --resolve dilosi.example:443:10.87.100.1 https://dilosi.example/"],
            ServiceHints.Of(environment, plan).Select(hint => hint.Command));
    }

    [Fact]
    public void An_address_of_another_service_is_refused_with_the_place_of_the_other()
    {
        var exception = Assert.Throws<DescriptorException>(() => Plan("local", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/dilosi/Dilosi.csproj }", StringComparison.Ordinal)
            + "routes:\n  - hosts: [benefits.example, dilosi.example]\n"));

        var problem = Assert.Single(exception.Problems);
        Assert.Equal("service.yaml:6:5 routes[0].hosts dilosi.example/ is the address of the service 'dilosi' already", $"{problem.Place} {problem.Path} {problem.Wrong}");
        Assert.Matches("the other one is in stacks/services/dilosi/service.yaml:[0-9]+$", problem.Right);
    }

    [Fact]
    public void A_cluster_without_ingress_has_no_routes() => Assert.Contains(
        "routes: the Kubernetes cluster gov of local has no ingress",
        Assert.Throws<DescriptorException>(() => ServicePlan.Of(
            Environment("local") is var local ? local with { Clusters = [local.Clusters[0] with { Ingress = null }] } : null!,
            ServiceFiles.Find(RepositoryFiles.Of(), "dilosi").Read(),
            RepositoryFiles.Of())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_certificate_for_another_host_or_none_at_all_is_refused_where_it_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("appstack-service-");
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=other.gov", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("other.gov");
            request.CertificateExtensions.Add(names.Build());
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            var file = Path.Combine(folder.FullName, "tls.crt");
            File.WriteAllText(file, certificate.ExportCertificatePem());

            var exception = Assert.Throws<DescriptorException>(() => Plan("local", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/dilosi/Dilosi.csproj }", StringComparison.Ordinal)
                + $"routes:\n  - {{ hosts: [benefits.gov], tls: {{ certificate: {file}, key: tls-key }} }}\n  - {{ name: b, hosts: [b.gov], tls: {{ certificate: nowhere.crt, key: tls-key }} }}\n"));

            Assert.Equal(
                ["service.yaml:6:37 routes[0].tls.certificate does not match the host benefits.gov; it is for other.gov", "service.yaml:7:39 routes[1].tls.certificate there is no file nowhere.crt"],
                exception.Problems.Select(problem => $"{problem.Place} {problem.Path} {problem.Wrong}"));
            Assert.Null(RouteCertificate.KeyProblem(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()));
            using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Assert.NotNull(RouteCertificate.KeyProblem(certificate.ExportCertificatePem(), another.ExportPkcs8PrivateKeyPem()));
            Assert.NotNull(RouteCertificate.KeyProblem(certificate.ExportCertificatePem(), "nonsense"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void One_of_several_clusters_has_to_be_named() =>
        Assert.Contains("has several clusters: gov, reg", Assert.Throws<DescriptorException>(() => Plan("prod.example", Benefits)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_project_that_is_not_there_is_told() => Assert.Contains(
        "there is no project samples/Nothing.csproj",
        Assert.Throws<DescriptorException>(() => Plan("local", Benefits.Replace("{ reference: \"registry.example/benefits:1.0\" }", "{ project: samples/Nothing.csproj }", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    private static ServicePlan Plan(string environment, string text) => ServicePlan.Of(Environment(environment), ServiceReader.Read(text, "benefits", "service.yaml"), RepositoryFiles.Of());

    private static EnvironmentSpec Environment(string name) => EnvironmentReader.ReadFile(Path.Combine(RepositoryFiles.Environments, name + ".yaml"));
}
