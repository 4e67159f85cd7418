using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// Renders the engine's configuration in nginx: what all services share (<see cref="Http"/>, loaded once per process), and what each has of its
/// own (<see cref="Location"/>). The engine puts a location's rules before those around it, so that a service's settings come before CRS.
/// docs/components/waf.md says why each line is as it is.
/// </summary>
public static class WafEngineRenderer
{
    /// <summary>Arguments at which the engine stops reading them and refuses the request; as Debian's modsecurity.conf.</summary>
    public const int MostArguments = 1000;

    /// <summary>The file of what all services share.</summary>
    private const string Base = "engine.conf";

    /// <summary>Megabytes of addresses per rate limit: 8,000 each (nginx, ngx_http_limit_req_module).</summary>
    private const int ZoneMegabytes = 2;

    /// <summary>The files of rules.</summary>
    /// <param name="paths">Where they will be.</param>
    /// <param name="services">All services that this nginx serves.</param>
    /// <returns>Full path and content of each.</returns>
    /// <exception cref="InvalidSpecException">Something is wrong with a service.</exception>
    public static ImmutableSortedDictionary<string, string> Files(WafPaths paths, IReadOnlyCollection<WafService> services)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(services);
        InvalidSpecException.ThrowIfAny("rule ids of services", WafValidator.ValidateRanges(services));
        var files = services.Where(IsOn).Select(service => KeyValuePair.Create(FileOf(paths, service), SecLangCompiler.Compile(service))).ToList();
        if (files.Count > 0)
        {
            files.Add(KeyValuePair.Create($"{paths.Folder}/{Base}", Engine(paths, CrsScript.FileOf(LevelOf(services)))));
        }

        return files.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Directives for nginx' <c>http</c> block; empty when no service has a web application firewall.</summary>
    /// <param name="paths">Where the files are.</param>
    /// <param name="services">All services that this nginx serves.</param>
    public static string Http(WafPaths paths, IReadOnlyCollection<WafService> services)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(services);
        var on = services.Where(IsOn).OrderBy(service => service.Name, StringComparer.Ordinal).ToList();
        if (on.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        text.Append($"modsecurity off;\nmodsecurity_rules_file {paths.Folder}/{Base};\n");
        text.Append("# The same id as in the access log.\nmodsecurity_transaction_id $request_id;\nlimit_req_status 429;\n");
        return text.AppendJoin("", on.Select(Counters)).ToString();
    }

    /// <summary>The part of <see cref="Http"/> that is a service's own: what counts its clients' requests.</summary>
    /// <param name="service">The service.</param>
    public static string Counters(WafService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var text = new StringBuilder();
        foreach (var (zone, limit) in IsOn(service) ? Zones(service) : [])
        {
            // An empty key is not counted.
            text.Append($"map \"$request_method $uri\" ${zone} {{ default \"\"; \"~{Counted(limit)}\" $binary_remote_addr; }}\n");
            text.Append($"limit_req_zone ${zone} zone={zone}:{ZoneMegabytes}m rate={limit.Requests.ToString(CultureInfo.InvariantCulture)}r/{(limit.Per == TimeSpan.FromMinutes(1) ? "m" : "s")};\n");
        }

        return text.ToString();
    }

    /// <summary>Directives for the <c>location</c> (or <c>server</c>) block of a service.</summary>
    /// <param name="paths">Where the files are.</param>
    /// <param name="service">The service.</param>
    public static string Location(WafPaths paths, WafService service)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(service);
        var body = $"client_max_body_size {service.BodyBytes.ToString(CultureInfo.InvariantCulture)};\n";
        if (!IsOn(service))
        {
            return body;
        }

        var text = new StringBuilder(body);
        text.Append($"modsecurity on;\nmodsecurity_rules_file {FileOf(paths, service)};\n");
        foreach (var (zone, limit) in Zones(service))
        {
            // nginx refuses a burst of 0.
            text.Append(limit.Burst == 0 ? $"limit_req zone={zone};\n" : $"limit_req zone={zone} burst={limit.Burst.ToString(CultureInfo.InvariantCulture)} nodelay;\n");
        }

        if (!service.Spec.RateLimits.IsEmpty && service.Spec.Mode == WafMode.Detect)
        {
            text.Append("limit_req_dry_run on;\n");
        }

        return text.ToString();
    }

    /// <summary>What all services share.</summary>
    /// <param name="paths">Where the files are.</param>
    /// <param name="rules">The file of CRS' rules (<see cref="CrsScript.FileOf"/>), for the highest level of all services.</param>
    public static string Engine(WafPaths paths, string rules)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return $$"""
            # Written by AppStack: changes are overwritten. What all services share; loaded once, after a service's own rules.
            SecRuleEngine On
            SecRequestBodyAccess On
            SecRequestBodyLimit 1048576
            SecRequestBodyLimitAction Reject
            SecRequestBodyJsonDepthLimit 512
            SecResponseBodyLimit 524288
            SecResponseBodyLimitAction ProcessPartial
            SecArgumentsLimit {{MostArguments}}
            SecArgumentSeparator &
            SecCookieFormat 0
            SecUnicodeMapFile {{paths.UnicodeMap}} 20127
            SecTmpDir {{paths.Temporary}}
            SecDataDir {{paths.Temporary}}
            SecDebugLogLevel 0
            # Only what a rule found; without headers and bodies, in which passwords and personal data are.
            SecAuditEngine RelevantOnly
            SecAuditLogParts AHZ
            SecAuditLogType Serial
            SecAuditLogFormat JSON
            SecAuditLog {{paths.AuditLog}}
            SecDefaultAction "phase:1,log,auditlog,pass"
            SecDefaultAction "phase:2,log,auditlog,pass"
            # How bodies are read, and that what cannot be read is refused: as Debian's modsecurity.conf, and for types ending in +json.
            SecRule REQUEST_HEADERS:Content-Type "@rx ^(?:application(?:/soap\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
            SecRule REQUEST_HEADERS:Content-Type "@rx ^application/(?:[a-z0-9.-]+[+])?json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
            SecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:400,msg:'Failed to parse request body',logdata:'%{reqbody_error_msg}',severity:2"
            SecRule MULTIPART_STRICT_ERROR "!@eq 0" "id:200003,phase:2,t:none,log,deny,status:400,msg:'Multipart request body failed strict validation',severity:2"
            SecRule MULTIPART_UNMATCHED_BOUNDARY "@eq 1" "id:200004,phase:2,t:none,log,deny,status:400,msg:'Multipart parser detected a possible unmatched boundary',severity:2"
            SecRule &ARGS "@ge {{MostArguments}}" "id:200007,phase:2,t:none,log,deny,status:400,msg:'Too many arguments to read them all',severity:2"
            Include {{paths.CrsFolder}}/{{rules}}

            """;
    }

    private static int LevelOf(IEnumerable<WafService> services) => services.Where(IsOn).Max(service => service.Spec.DetectionParanoia ?? service.Spec.Paranoia);

    private static bool IsOn(WafService service) => service.Spec.Mode != WafMode.Off;

    private static string FileOf(WafPaths paths, WafService service) => $"{paths.Folder}/{service.Name}.conf";

    private static IEnumerable<(string Zone, WafRateLimit Limit)> Zones(WafService service) =>
        service.Spec.RateLimits.Select((limit, index) => ($"waf_{service.Name.Replace('-', '_')}_{index}", limit));

    private static string Counted(WafRateLimit limit)
    {
        var methods = limit.Methods.IsEmpty ? "[A-Z]+" : $"(?:{SecLangText.AnyOf(limit.Methods.Order(StringComparer.Ordinal))})";
        var path = limit.Path is not { } written ? "" : SecLangText.Literal(WafPath.Start(written)) + (WafPath.IsPrefix(written) ? "" : "$");
        return $"^{methods} {path}";
    }
}
