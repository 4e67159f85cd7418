using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using AppStack.Components.Kubernetes.Waf;
using Pulumi;
using CoreV1 = Pulumi.Kubernetes.Core.V1;
using CoreV1Inputs = Pulumi.Kubernetes.Types.Inputs.Core.V1;
using HelmV4 = Pulumi.Kubernetes.Helm.V4;
using HelmV4Inputs = Pulumi.Kubernetes.Types.Inputs.Helm.V4;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using NetworkingV1 = Pulumi.Kubernetes.Networking.V1;
using NetworkingV1Inputs = Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace AppStack.Components.Kubernetes.Ingress.IngressNginx;

/// <summary>The chart ingress-nginx, for clusters that have it already.</summary>
internal sealed class IngressNginxController : IIngressController
{
    private const string Annotation = "nginx.ingress.kubernetes.io/";

    // The releases that the last version was tested with.
    private const int OldestMinor = 31;
    private const int NewestMinor = 35;

    public ImmutableArray<string> Warnings =>
        [$"ingress-nginx is retired: {IngressNginxValues.ChartVersion} is its last version, and nobody repairs it since March 2026. Plan to go to debian-nginx; routes stay as they are."];

    public string HealthPath => "/healthz";

    public string CertificateNamespace(RouteSpec route) => route.Namespace;

    public IReadOnlyList<SpecProblem> Validate(IngressSpec ingress)
    {
        var problems = new List<SpecProblem>();
        if (ingress.Version.Minor is < OldestMinor or > NewestMinor)
        {
            problems.Add(new("version", $"ingress-nginx {IngressNginxValues.ChartVersion} was made for Kubernetes 1.{OldestMinor} to 1.{NewestMinor}, not {ingress.Version}; use debian-nginx"));
        }

        if (ingress.Chart is not { } chart || !File.Exists(chart))
        {
            problems.Add(new("chart", $"the archive of the chart {(ingress.Chart is null ? "is not given" : $"'{ingress.Chart}' is not there")}; get https://github.com/kubernetes/ingress-nginx/releases/download/helm-chart-{IngressNginxValues.ChartVersion}/ingress-nginx-{IngressNginxValues.ChartVersion}.tgz"));
        }
        else if (Digest(chart) is var digest && digest != IngressNginxValues.ChartDigest)
        {
            problems.Add(new("chart", $"'{chart}' is not what upstream published: its SHA-256 is {digest}, not {IngressNginxValues.ChartDigest}"));
        }

        return problems;
    }

    public IReadOnlyList<SpecProblem> Validate(RouteSpec route)
    {
        var problems = new List<SpecProblem>();
        if (route.RequestTimeout != IngressNginxValues.RequestTimeout)
        {
            problems.Add(new("requestTimeout", $"is one value for all routes with ingress-nginx: {IngressNginxValues.RequestTimeout.TotalSeconds:0} s"));
        }

        // Rules of one service would be an annotation with nginx' own words (modsecurity-snippet), and those are switched off.
        if (route.Waf.Mode == WafMode.Detect)
        {
            problems.Add(new("waf.mode", "detect is not there with ingress-nginx; use block or off, or the controller debian-nginx"));
        }

        if (route.Waf.Mode != WafMode.Off && SecLangCompiler.Compile(RouteValidator.WafOf(route with { Waf = route.Waf with { Mode = WafMode.Block } })) != SecLangCompiler.Compile(RouteValidator.WafOf(route with { Waf = new() { Slot = route.Waf.Slot } })))
        {
            problems.Add(new("waf", "rules of one service are not there with ingress-nginx, only CRS with its defaults; use the controller debian-nginx"));
        }

        if (!route.Waf.RateLimits.IsEmpty)
        {
            problems.Add(new("waf.rateLimits", "are not there with ingress-nginx; use the controller debian-nginx"));
        }

        return problems;
    }

    public ImmutableArray<Resource> DeclareController(IngressSpec ingress, IngressSite site)
    {
        var authority = site.Authority ?? throw new ArgumentException("needs an authority for its own certificate", nameof(site));
        var issued = authority.Issue($"{site.Name}-certificate", $"ingress.{IngressSpec.Namespace}.svc");
        var secret = new CoreV1.Secret(
            $"{site.Name}-certificate",
            new CoreV1Inputs.SecretArgs
            {
                Metadata = new MetaV1Inputs.ObjectMetaArgs { Name = "ingress-certificate", Namespace = IngressSpec.Namespace },
                Type = "kubernetes.io/tls",
                StringData = { ["tls.crt"] = issued.Certificate, ["tls.key"] = issued.PrivateKey },
            },
            site.Options);
        var values = new InputMap<object>();
        foreach (var (key, value) in IngressNginxValues.Render(ingress))
        {
            values[key] = value;
        }

        return
        [
            new HelmV4.Chart(
                $"{site.Name}-chart",
                new HelmV4Inputs.ChartArgs { Chart = ingress.Chart!, Name = "ingress-nginx", Namespace = IngressSpec.Namespace, Values = values },
                new ComponentResourceOptions { Parent = site.Owner, Provider = site.Options.Provider, DependsOn = { secret } }),
        ];
    }

    public ImmutableArray<Resource> DeclareRoute(RouteSpec route, string? certificate, IngressSite site)
    {
        var paths = new NetworkingV1Inputs.HTTPIngressRuleValueArgs();
        foreach (var path in route.Paths)
        {
            paths.Paths.Add(new NetworkingV1Inputs.HTTPIngressPathArgs
            {
                Path = path,
                PathType = "Prefix",
                Backend = new NetworkingV1Inputs.IngressBackendArgs
                {
                    Service = new NetworkingV1Inputs.IngressServiceBackendArgs { Name = route.Target, Port = new NetworkingV1Inputs.ServiceBackendPortArgs { Number = route.TargetPort } },
                },
            });
        }

        var spec = new NetworkingV1Inputs.IngressSpecArgs { IngressClassName = IngressNginxValues.Class };
        foreach (var host in route.Hosts)
        {
            spec.Rules.Add(new NetworkingV1Inputs.IngressRuleArgs { Host = host, Http = paths });
        }

        if (route.Hosts.IsEmpty)
        {
            spec.Rules.Add(new NetworkingV1Inputs.IngressRuleArgs { Http = paths });
        }

        if (certificate is not null)
        {
            var tls = new NetworkingV1Inputs.IngressTLSArgs { SecretName = certificate };
            tls.Hosts.AddRange(route.Hosts);
            spec.Tls.Add(tls);
        }

        var annotations = new InputMap<string>();
        foreach (var (name, value) in Annotations(route, certificate is not null))
        {
            annotations[Annotation + name] = value;
        }

        return
        [
            new NetworkingV1.Ingress(
                $"{site.Name}-route",
                new NetworkingV1Inputs.IngressArgs
                {
                    Metadata = new MetaV1Inputs.ObjectMetaArgs
                    {
                        Name = route.Service,
                        Namespace = route.Namespace,
                        Labels = { ["app.kubernetes.io/name"] = route.Service, ["appstack.dev/team"] = route.Team },
                        Annotations = annotations,
                    },
                    Spec = spec,
                },
                site.Options),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Annotations(RouteSpec route, bool tls)
    {
        yield return ("proxy-body-size", route.BodyBytes.ToString(CultureInfo.InvariantCulture));
        yield return ("proxy-read-timeout", Seconds(route.ResponseTimeout));
        yield return ("proxy-send-timeout", Seconds(route.ResponseTimeout));
        yield return ("ssl-redirect", tls ? "true" : "false");
        yield return ("enable-modsecurity", route.Waf.Mode == WafMode.Off ? "false" : "true");
        yield return ("enable-owasp-core-rules", route.Waf.Mode == WafMode.Off ? "false" : "true");
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Digest(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
