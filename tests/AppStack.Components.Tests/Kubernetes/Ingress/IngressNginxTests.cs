using System.Text.Encodings.Web;
using System.Text.Json;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Ingress.IngressNginx;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

public sealed class IngressNginxTests : IngressAcceptance
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private protected override IngressControllerKind Kind => IngressControllerKind.IngressNginx;

    [Fact]
    public void The_values_of_the_chart() => Snapshot.Verify(JsonSerializer.Serialize(IngressNginxValues.Render(IngressExamples.Ingress), Json) + "\n", "json");

    [Fact]
    public void Whoever_chooses_it_hears_that_it_is_retired() => Assert.Contains("is retired", Assert.Single(IngressControllers.Of(Kind).Warnings), StringComparison.Ordinal);

    [Fact]
    public async Task The_very_archive_is_rendered_with_these_values()
    {
        var objects = await Manifests.OfAsync(provider =>
        {
            var component = new Owner();
            IngressControllers.Of(Kind).DeclareController(
                IngressExamples.Ingress with { Chart = "charts/ingress-nginx-4.15.1.tgz" },
                new("gov-ingress", component, new() { Parent = component, Provider = provider }, new("authority")));
        });

        var call = objects["kubernetes:helm:template"];
        Assert.Equal(("charts/ingress-nginx-4.15.1.tgz", "ingress", "ingress-nginx"), ((string)call["chart"], (string)call["namespace"], (string)call["name"]));
        Assert.Equal(false, At(call["values"], "controller", "allowSnippetAnnotations"));
    }

    [Fact]
    public void Validate_WhatOnlySnippetsCouldDo_IsRefused() => Assert.Equal(
        [
            "requestTimeout: is one value for all routes with ingress-nginx: 15 s",
            "waf.mode: detect is not there with ingress-nginx; use block or off, or the controller debian-nginx",
            "waf: rules of one service are not there with ingress-nginx, only CRS with its defaults; use the controller debian-nginx",
            "waf.rateLimits: are not there with ingress-nginx; use the controller debian-nginx",
        ],
        IngressControllers.Of(Kind).Validate(IngressExamples.Route with
        {
            RequestTimeout = TimeSpan.FromSeconds(20),
            Waf = new() { Mode = WafMode.Detect, Paranoia = 2, RateLimits = [new() { Requests = 5 }] },
        }).Select(problem => problem.ToString()));

    private protected override Task<(int Http, int Https, string Policy)> DoorsAsync()
    {
        var service = At(IngressNginxValues.Render(IngressExamples.Ingress), "controller", "service");
        return Task.FromResult(((int)At(service, "nodePorts", "http")!, (int)At(service, "nodePorts", "https")!, (string)At(service, "externalTrafficPolicy")!));
    }

    private protected override string Words(RouteSpec route, string what) => what switch
    {
        "body" => "\"nginx.ingress.kubernetes.io/proxy-body-size\":\"2097152\"",
        "timeout" => "\"nginx.ingress.kubernetes.io/proxy-read-timeout\":\"45\"",
        "target" => "\"name\":\"dilosi\"",
        "host" => "\"host\":\"www.dilosi.example.gov\"",
        "path" => "\"path\":\"/api\"",
        "tls" => "\"secretName\":\"tls-dilosi\"",
        "firewall on" => "\"nginx.ingress.kubernetes.io/enable-owasp-core-rules\":\"true\"",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "is not tested"),
    };

    private sealed class Owner() : Pulumi.ComponentResource("test:index:Owner", "owner");
}
