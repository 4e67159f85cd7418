using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Components.Kubernetes.Ingress.IngressNginx;

/// <summary>The values of the chart: what differs from its own.</summary>
public static class IngressNginxValues
{
    /// <summary>The class of routes.</summary>
    internal const string Class = "appstack";

    /// <summary>The last release of the chart; the archive's SHA-256 is that of upstream's download.</summary>
    internal const string ChartVersion = "4.15.1";

    /// <summary>What the archive must be.</summary>
    internal const string ChartDigest = "3eff0bd18151d6e6b1c441463410571443dda1ac78292cb189346628de784f0c";

    /// <summary>How long a client may be silent while it sends a body: one value for all routes of this controller.</summary>
    internal static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    private const string ImageTag = "v1.15.1";
    private const string ImageDigest = "sha256:594ceea76b01c592858f803f9ff4d2cb40542cae2060410b2c95f75907d659e1";

    /// <summary>The values for an ingress.</summary>
    public static ImmutableSortedDictionary<string, object> Render(IngressSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Map(
            ("controller", Map(
                ("kind", "DaemonSet"),
                ("image", Map(
                    ("registry", "registry.k8s.io"),
                    ("image", "ingress-nginx/controller"),
                    ("tag", ImageTag),
                    ("digest", ImageDigest),
                    ("runAsNonRoot", true),
                    ("allowPrivilegeEscalation", false),
                    ("seccompProfile", Map(("type", "RuntimeDefault"))))),
                // Nobody writes nginx' configuration but this chart's values.
                ("allowSnippetAnnotations", false),
                ("enableAnnotationValidations", true),
                ("watchIngressWithoutClass", false),
                ("ingressClassResource", Map(("name", Class), ("default", false))),
                ("ingressClass", Class),
                ("extraArgs", Map(("default-ssl-certificate", $"{IngressSpec.Namespace}/ingress-certificate"))),
                // It runs nginx on what anybody in the cluster sends it (CVE-2025-1974); routes are checked before they get there.
                ("admissionWebhooks", Map(("enabled", false))),
                ("priorityClassName", PriorityClasses.Platform),
                ("resources", Map(("requests", Map(("cpu", $"{spec.CpuMillis}m"), ("memory", $"{spec.MemoryMiB * 3 / 8}Mi"))), ("limits", Map(("memory", $"{spec.MemoryMiB}Mi"))))),
                ("updateStrategy", Map(("type", "RollingUpdate"), ("rollingUpdate", Map(("maxUnavailable", 1))))),
                ("service", Map(
                    ("type", "NodePort"),
                    ("externalTrafficPolicy", "Local"),
                    ("nodePorts", Map(("http", spec.HttpPort), ("https", spec.HttpsPort))))),
                ("metrics", Map(("enabled", true))),
                ("config", Configuration(spec)))),
            ("defaultBackend", Map(("enabled", false))));
    }

    private static ImmutableSortedDictionary<string, object> Configuration(IngressSpec spec)
    {
        var settings = Map(
            // The load balancers' word counts, a client's does not.
            ("use-proxy-protocol", "true"),
            ("proxy-real-ip-cidr", string.Join(',', spec.LoadBalancerNetworks)),
            ("use-forwarded-headers", "false"),
            ("compute-full-forwarded-for", "false"),
            ("generate-request-id", "true"),
            ("enable-modsecurity", "true"),
            ("enable-owasp-modsecurity-crs", "true"),
            ("modsecurity-snippet", Engine),
            ("annotations-risk-level", "Medium"),
            ("strict-validate-path-type", "true"),
            ("server-tokens", "false"),
            ("ssl-protocols", "TLSv1.2 TLSv1.3"),
            ("hsts", "true"),
            ("hsts-include-subdomains", "false"),
            ("client-header-timeout", "10"),
            ("client-body-timeout", RequestTimeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)),
            // Whole seconds only, unlike nginx' own.
            ("proxy-connect-timeout", "1"),
            ("proxy-next-upstream-timeout", "3"),
            ("proxy-next-upstream-tries", "12"),
            ("log-format-escape-json", "true"),
            ("log-format-upstream", Log));
        return spec.Workers is { } workers ? settings.SetItem("worker-processes", workers.ToString(CultureInfo.InvariantCulture)) : settings;
    }

    private static string Engine => $"""
        SecRuleEngine On
        SecAuditLogFormat JSON
        SecAuditLog /dev/stdout
        SecAuditLogParts AHZ
        SecAction "id:900220,phase:1,nolog,pass,t:none,setvar:'tx.allowed_request_content_type={SecLangText.Barred(WafDefaults.ContentTypes)}'"

        """;

    private const string Log = """
        {"kind":"request","service":"$service_name","team":"$namespace","request":"$req_id","time":"$time_iso8601","client":"$remote_addr","method":"$request_method","host":"$host","path":"$uri","protocol":"$server_protocol","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,"upstream":"$upstream_addr","agent":"$http_user_agent"}
        """;

    private static ImmutableSortedDictionary<string, object> Map(params (string Key, object Value)[] members) =>
        members.ToImmutableSortedDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
}
