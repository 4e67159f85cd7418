using System.Collections.Immutable;
using System.Text.Json;
using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

/// <summary>What is promised of every ingress, whichever program serves: tested on the objects that it is given.</summary>
public abstract class IngressAcceptance
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private protected abstract IngressControllerKind Kind { get; }

    /// <summary>Where load balancers' connections come in: HTTP, HTTPS; only those of the node itself.</summary>
    private protected abstract Task<(int Http, int Https, string Policy)> DoorsAsync();

    /// <summary>The words with which the controller is told something, in the object of a route.</summary>
    private protected abstract string Words(RouteSpec route, string what);

    [Fact]
    public async Task Load_balancers_reach_it_on_its_ports_and_see_each_node_by_itself() => Assert.Equal((30080, 30443, "Local"), await DoorsAsync());

    [Theory]
    [InlineData("body")]
    [InlineData("timeout")]
    [InlineData("target")]
    [InlineData("host")]
    [InlineData("path")]
    [InlineData("tls")]
    [InlineData("firewall on")]
    public async Task A_route_is_told_to_the_program(string what) =>
        Assert.Contains(Words(IngressExamples.Route, what), await RouteAsync(IngressExamples.Route), StringComparison.Ordinal);

    [Fact]
    public async Task A_service_without_firewall_has_none()
    {
        var route = IngressExamples.Route with { Waf = new() { Mode = WafMode.Off } };

        var text = await RouteAsync(route);

        Assert.DoesNotContain(Words(route, "firewall on"), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_its_own_authority_is_where_the_program_looks_for_it()
    {
        var objects = await Manifests.OfAsync(Declare(IngressExamples.Route));

        var secret = objects.Single(found => found.Key.StartsWith("kubernetes:core/v1:Secret ", StringComparison.Ordinal)).Value;
        Assert.Equal("kubernetes.io/tls", secret["type"]);
        Assert.Equal(("tls-dilosi", IngressControllers.Of(Kind).CertificateNamespace(IngressExamples.Route)), ((string)At(secret, "metadata", "name")!, (string)At(secret, "metadata", "namespace")!));
    }

    [Fact]
    public async Task The_service_lets_the_ingress_in()
    {
        var objects = await Manifests.OfAsync(Declare(IngressExamples.Route));

        var policy = JsonSerializer.Serialize(objects.Single(found => found.Key.StartsWith("kubernetes:networking.k8s.io/v1:NetworkPolicy ", StringComparison.Ordinal)).Value);
        Assert.Contains("\"kubernetes.io/metadata.name\":\"ingress\"", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_services_at_one_address_are_refused_before_anything_is_made()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Manifests.OfAsync(Declare(IngressExamples.Route, IngressExamples.Route with { Service = "other", Namespace = "other" })));

        Assert.Contains("dilosi.example.gov/api is the address of the service 'other' already", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_objects_of_a_route() => Snapshot.Verify(await Manifests.TextAsync(Declare(IngressExamples.Route)), "json", Kind.ToString());

    private protected static object? At(object? value, params IEnumerable<string> path) =>
        path.Aggregate(value, (found, key) => found is IReadOnlyDictionary<string, object> map && map.TryGetValue(key, out var member) ? member : null);

    private protected static ImmutableArray<object> List(object? value) => (ImmutableArray<object>)value!;

    private Action<Pulumi.Kubernetes.Provider> Declare(RouteSpec route, params RouteSpec[] others) => provider => _ = new Route(
        "gov-dilosi",
        new RouteArgs { Spec = route, Controller = Kind, Provider = provider, Authority = new PrivateAuthority("authority"), Others = [.. others] });

    private async Task<string> RouteAsync(RouteSpec route) => JsonSerializer.Serialize((await Manifests.OfAsync(Declare(route))).Values, Relaxed);
}
