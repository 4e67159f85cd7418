using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Ingress.DebianNginx;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Ingress;

/// <summary>What nginx is told.</summary>
public sealed class NginxRendererTests
{
    [Fact]
    public void The_frame() => Snapshot.Verify(Text(NginxFrameRenderer.Render(IngressExamples.Ingress with { Workers = 2 })), "conf");

    [Fact]
    public void A_route_with_TLS_and_limits() => Snapshot.Verify(Text(NginxRouteRenderer.Render(
        IngressExamples.Route with { Waf = new() { Paranoia = 2, RateLimits = [new() { Path = "/api/*", Methods = ["POST"], Requests = 10 }] } },
        "tls-dilosi")), "conf");

    [Fact]
    public void A_route_of_everything_without_firewall() => Snapshot.Verify(Text(NginxRouteRenderer.Render(
        new RouteSpec { Service = "welcome", Team = "platform", Namespace = "welcome", Target = "welcome", Waf = new() { Mode = WafMode.Off } },
        certificate: null)), "conf");

    private static string Text(IReadOnlyDictionary<string, string> files) => string.Join('\n', files.Select(file => $"--- {file.Key}\n{file.Value}"));
}
