using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

public sealed class DebianNginxTests : IngressAcceptance
{
    private protected override IngressControllerKind Kind => IngressControllerKind.DebianNginx;

    [Theory]
    [InlineData("1.20.2")]
    [InlineData("1.34.2")]
    public async Task The_objects_of_the_ingress(string version) => Snapshot.Verify(await Manifests.TextAsync(Declare(version)), "json", version);

    [Fact]
    public async Task Another_content_is_another_object_so_that_a_route_that_is_refused_leaves_the_old_one()
    {
        var first = await NameAsync(IngressExamples.Route);

        Assert.Equal(first, await NameAsync(IngressExamples.Route));
        Assert.NotEqual(first, await NameAsync(IngressExamples.Route with { BodyBytes = 1 }));
    }

    private protected override async Task<(int Http, int Https, string Policy)> DoorsAsync()
    {
        var service = (await Manifests.OfAsync(Declare("1.34.2")))["kubernetes:core/v1:Service gov-ingress-doors"];
        var ports = List(At(service, "spec", "ports")).ToDictionary(port => (string)At(port, "name")!, port => Convert.ToInt32(At(port, "nodePort"), System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return (ports["http"], ports["https"], (string)At(service, "spec", "externalTrafficPolicy")!);
    }

    private protected override string Words(RouteSpec route, string what) => what switch
    {
        "body" => "client_max_body_size 2097152;",
        "timeout" => "proxy_read_timeout 45s;",
        "target" => @"\""target\"":\""dilosi\"",\""port\"":8080",
        "host" => @"\""hosts\"":[\""dilosi.example.gov\"",\""www.dilosi.example.gov\""]",
        "path" => "location /api/ {",
        "tls" => @"\""secret\"":\""tls-dilosi\""",
        "firewall on" => "modsecurity on;",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "is not tested"),
    };

    private static Action<Pulumi.Kubernetes.Provider> Declare(string version) => provider => _ = new ClusterIngress(
        "gov-ingress",
        new IngressArgs { Spec = IngressExamples.Ingress with { Version = KubernetesVersion.TryParse(version)! }, Provider = provider, Authority = new PrivateAuthority("authority") });

    private static async Task<string> NameAsync(RouteSpec route) => (string)At(
        (await Manifests.OfAsync(provider => _ = new Route("r", new RouteArgs { Spec = route, Controller = IngressControllerKind.DebianNginx, Provider = provider, Authority = new PrivateAuthority("a") })))["kubernetes:core/v1:ConfigMap r-route"],
        "metadata",
        "name")!;
}
