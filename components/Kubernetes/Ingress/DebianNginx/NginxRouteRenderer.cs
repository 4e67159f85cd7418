using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Components.Kubernetes.Ingress.DebianNginx;

/// <summary>
/// Renders the part of nginx' configuration that is a route's own. The agent knows two things that are not known here: <c>@TARGET@</c> is the address
/// of the Kubernetes service, <c>@ROUTE@</c> the folder in which it puts the files.
/// </summary>
public static class NginxRouteRenderer
{
    /// <summary>
    /// How often a request is tried. Until the cluster believes that a node is dead, some attempts go there; each finds another pod by chance. When two of
    /// three pods are dead, twelve attempts miss the third once in 130 times; they take 2.4 s at most.
    /// </summary>
    private const int Attempts = 12;

    /// <summary>How long browsers remember that a host is reached with TLS only: what browsers' own lists ask for.</summary>
    private const int RememberTlsSeconds = 31_536_000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files by name.</summary>
    /// <param name="route">The route.</param>
    /// <param name="certificate">The secret with its certificate; null: no TLS.</param>
    public static ImmutableSortedDictionary<string, string> Render(RouteSpec route, string? certificate)
    {
        ArgumentNullException.ThrowIfNull(route);
        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            KeyValuePair.Create("route.json", Description(route, certificate)),
            KeyValuePair.Create("http.conf", Http(route)),
            KeyValuePair.Create("locations.conf", Locations(route)),
            KeyValuePair.Create("location.conf", Location(route, certificate is not null)),
            .. Rules(route),
        ]);
    }

    // Where the agent puts the service's own rules.
    private static WafPaths Paths { get; } = new() { Folder = "@ROUTE@" };

    private static IEnumerable<KeyValuePair<string, string>> Rules(RouteSpec route) => route.Waf.Mode == WafMode.Off
        ? []
        : [KeyValuePair.Create($"{route.Service}.conf", SecLangCompiler.Compile(RouteValidator.WafOf(route)))];

    private static string Description(RouteSpec route, string? certificate)
    {
        var parts = new Dictionary<string, object>
        {
            ["service"] = route.Service,
            ["namespace"] = route.Namespace,
            ["hosts"] = route.Hosts,
            ["paths"] = route.Paths,
            ["target"] = route.Target,
            ["port"] = route.TargetPort,
            ["level"] = route.Waf.Mode == WafMode.Off ? 0 : Math.Max(route.Waf.Paranoia, route.Waf.DetectionParanoia ?? 0),
            ["seconds"] = (int)route.ResponseTimeout.TotalSeconds,
        };
        if (certificate is not null)
        {
            parts["secret"] = certificate;
        }

        return JsonSerializer.Serialize(parts, Json) + "\n";
    }

    // The same address many times: nginx tries a server once for a request, and behind this one is another pod each time. Connections are not kept:
    // a pod that ends would take requests with it that must not be sent twice.
    private static string Http(RouteSpec route) => $$"""
        upstream service_{{route.Service}} {
        {{string.Concat(Enumerable.Repeat("    server @TARGET@ max_fails=0;\n", Attempts))}}}

        """ + NginxFrameRenderer.LogFormat($"service_{route.Service}", route.Service, route.Team) + WafEngineRenderer.Counters(RouteValidator.WafOf(route));

    private static string Locations(RouteSpec route) => string.Concat(route.Paths.Select(path => path == "/"
        ? "location / { include @ROUTE@/location.conf; }\n"
        : $"location = {path} {{ include @ROUTE@/location.conf; }}\nlocation {path}/ {{ include @ROUTE@/location.conf; }}\n"));

    private static string Location(RouteSpec route, bool tls)
    {
        var secure = tls
            ? $$"""
                if ($https = "") { return 308 https://$host$request_uri; }
                add_header Strict-Transport-Security "max-age={{RememberTlsSeconds}}" always;
                add_header X-Request-ID $request_id always;
                add_header X-Load-Balancer $realip_remote_addr always;

                """
            : "";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            access_log {{NginxFrameRenderer.AccessLog}} service_{{route.Service}};
            client_body_timeout {{route.RequestTimeout.TotalSeconds:0}}s;
            proxy_read_timeout {{route.ResponseTimeout.TotalSeconds:0}}s;
            proxy_send_timeout {{route.ResponseTimeout.TotalSeconds:0}}s;
            {{WafEngineRenderer.Location(Paths, RouteValidator.WafOf(route))}}{{secure}}proxy_pass http://service_{{route.Service}};

            """);
    }
}
