using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

public sealed class RouteValidatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Validate_TheExample_IsRight() => Assert.Empty(RouteValidator.Validate(IngressExamples.Route, Now));

    [Fact]
    public void Validate_EverythingWrong_IsListedAtOnce() => Assert.Equal(
        [
            "service: 'Dilosi' is not a name; use 1 to 40 lower-case letters, digits and hyphens, starting with a letter",
            "namespace: 'ingress' is the ingress' own; take another one for the service",
            "hosts: the host 'a.gov' is given 2 times; it must be unique",
            "hosts[2]: 'B.gov:80' is not a host name; use lower-case letters, digits, hyphens and dots, without port: dilosi.example.gov",
            "paths[0]: '/a/' is not a path; it begins with a slash and does not end with one, and has letters, digits and - . _ ~ in between: /api",
            "paths[1]: '/../b' is not a path; it begins with a slash and does not end with one, and has letters, digits and - . _ ~ in between: /api",
            "paths[2]: '/x { return 200; }' is not a path; it begins with a slash and does not end with one, and has letters, digits and - . _ ~ in between: /api",
            "bodyBytes: 0 is not a size for requests; use 1 to 1073741824 (1 GiB)",
            "responseTimeout: 00:00:00.5000000 is not a time to wait; use whole seconds, 1 s to 15 min",
            "requestTimeout: 01:00:00 is not a time to wait; use whole seconds, 1 s to 15 min",
            "target: 'x y' is not the name of a service",
            "targetPort: 0 is not a TCP port; use 1 to 65535",
            "tls: has a certificate and a secret; say one of them",
            "tls.certificate: is not a certificate in PEM form (-----BEGIN CERTIFICATE-----)",
        ],
        RouteValidator.Validate(
            IngressExamples.Route with
            {
                Service = "Dilosi",
                Namespace = "ingress",
                Hosts = ["a.gov", "a.gov", "B.gov:80"],
                Paths = ["/a/", "/../b", "/x { return 200; }"],
                BodyBytes = 0,
                ResponseTimeout = TimeSpan.FromMilliseconds(500),
                RequestTimeout = TimeSpan.FromHours(1),
                Target = "x y",
                TargetPort = 0,
                Tls = new() { Certificate = "nonsense", Secret = "mine" },
            },
            Now).Where(problem => !problem.Path.StartsWith("waf", StringComparison.Ordinal)).Select(problem => problem.ToString()));

    [Fact]
    public void Validate_CertificateOfAnotherHostOrTime_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("dilosi.example.gov");
        names.AddDnsName("*.other.gov");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(-1));

        Assert.Equal(
            [
                "tls.certificate: does not match the host www.dilosi.example.gov; it is for dilosi.example.gov, *.other.gov",
                "tls.certificate: has expired on 2026-11-25",
            ],
            RouteValidator.Validate(IngressExamples.Route with { Tls = new() { Certificate = certificate.ExportCertificatePem() } }, Now).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Validate_TlsWithoutHosts_IsRefused() =>
        Assert.Equal(["tls: needs hosts: a certificate is valid for names"], RouteValidator.Validate(IngressExamples.Route with { Hosts = [] }, Now).Select(problem => problem.ToString()));

    [Fact]
    public void Conflicts_TwoServicesAtOneAddress_AreBothNamed()
    {
        var other = IngressExamples.Route with { Service = "taxes", Hosts = ["taxes.example.gov", "dilosi.example.gov"], Paths = ["/api"], Tls = null };

        Assert.Equal(
            [
                "hosts: dilosi.example.gov/api is the address of the service 'taxes' already",
                "tls: the host dilosi.example.gov is served with TLS for one service and without for another ('dilosi', 'taxes')",
            ],
            RouteValidator.Conflicts(IngressExamples.Route, [other, IngressExamples.Route]).Select(problem => problem.ToString()));
        Assert.Equal(
            ["hosts: is empty, and so are those of the service 'a' with the path /; only one service is there for everything else"],
            RouteValidator.Conflicts(Everything("b"), [Everything("a"), Everything("b")]).Select(problem => problem.ToString()));

        static RouteSpec Everything(string service) => new() { Service = service, Team = "t", Namespace = service, Target = service };
    }

    [Fact]
    public void Validate_IngressOfNobody_IsListedAtOnce() => Assert.Equal(
        [
            "httpPort: 80 is not a NodePort; use 30000 to 32767",
            "httpsPort: 80 is not a NodePort; use 30000 to 32767",
            "ports: the port '80' is given 2 times; it must be unique",
            "loadBalancerNetworks: is empty; nobody's PROXY protocol would be believed",
            "nodeNetworks: is empty; the API server could not ask whether a route is good",
            "imageRepository: is missing",
            "workers: 0 processes are none; use at least 1",
        ],
        IngressValidator.Validate(IngressExamples.Ingress with { HttpPort = 80, HttpsPort = 80, LoadBalancerNetworks = [], NodeNetworks = [], ImageRepository = "", Workers = 0 })
            .Select(problem => problem.ToString()));

    [Fact]
    public void Validate_RetiredChart_NeedsItsVeryArchiveAndAClusterItWasMadeFor()
    {
        var folder = Directory.CreateTempSubdirectory("appstack-test-");
        try
        {
            var archive = Path.Combine(folder.FullName, "chart.tgz");
            File.WriteAllText(archive, "");
            var chart = IngressExamples.Ingress with { Controller = IngressControllerKind.IngressNginx, Version = KubernetesVersion.Built };

            var missing = Assert.Single(IngressValidator.Validate(chart), problem => problem.Path == "chart");
            var wrong = IngressValidator.Validate(chart with { Chart = archive });

            Assert.Contains("is not given; get https://github.com/kubernetes/ingress-nginx/releases/download/helm-chart-4.15.1/ingress-nginx-4.15.1.tgz", missing.Message, StringComparison.Ordinal);
            Assert.Equal(["version", "chart"], wrong.Select(problem => problem.Path));
            // Of an empty file.
            Assert.Contains("its SHA-256 is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, not 3eff0bd1", wrong[1].Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
