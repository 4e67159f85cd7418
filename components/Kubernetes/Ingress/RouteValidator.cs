using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Finds what is wrong with routes before a cluster is asked.</summary>
public static partial class RouteValidator
{
    /// <summary>What nginx keeps on disk of one request; more is for object storage.</summary>
    private const long LargestBody = 1L << 30;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Checks a route.</summary>
    /// <param name="spec">The route.</param>
    /// <param name="now">The moment at which its certificate must be valid.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(RouteSpec spec, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("service", spec.Service);
        problems.Name("namespace", spec.Namespace);
        problems.AddIf(spec.Namespace == IngressSpec.Namespace, "namespace", $"'{spec.Namespace}' is the ingress' own; take another one for the service");
        problems.Unique("hosts", "host", spec.Hosts);
        for (var i = 0; i < spec.Hosts.Length; i++)
        {
            problems.AddIf(!Host().IsMatch(spec.Hosts[i]) || spec.Hosts[i].Length > 253, $"hosts[{i}]", $"'{spec.Hosts[i]}' is not a host name; use lower-case letters, digits, hyphens and dots, without port: dilosi.example.gov");
        }

        problems.AddIf(spec.Paths.IsEmpty, "paths", "is empty; nothing would be served. '/' is everything");
        problems.Unique("paths", "path", spec.Paths);
        for (var i = 0; i < spec.Paths.Length; i++)
        {
            problems.AddIf(!Path().IsMatch(spec.Paths[i]), $"paths[{i}]", $"'{spec.Paths[i]}' is not a path; it begins with a slash and does not end with one, and has letters, digits and - . _ ~ in between: /api");
        }

        problems.AddIf(spec.BodyBytes is < 1 or > LargestBody, "bodyBytes", string.Create(CultureInfo.InvariantCulture, $"{spec.BodyBytes} is not a size for requests; use 1 to {LargestBody} (1 GiB)"));
        Timeout("responseTimeout", spec.ResponseTimeout);
        Timeout("requestTimeout", spec.RequestTimeout);
        problems.AddIf(!Label().IsMatch(spec.Target), "target", $"'{spec.Target}' is not the name of a service");
        problems.Port("targetPort", spec.TargetPort);
        if (spec.Tls is { } tls)
        {
            Tls(problems, spec, tls, now);
        }

        return [.. problems.All, .. WafValidator.Validate(WafOf(spec)).Select(problem => problem.Under("waf"))];

        void Timeout(string path, TimeSpan time) => problems.AddIf(
            time < ShortestTimeout || time > LongestTimeout || time.TotalMilliseconds % 1000 != 0, path, $"{time} is not a time to wait; use whole seconds, 1 s to 15 min");
    }

    /// <summary>The route as its firewall sees it.</summary>
    internal static WafService WafOf(RouteSpec spec) => new() { Name = spec.Service, Team = spec.Team, BodyBytes = spec.BodyBytes, Spec = spec.Waf };

    /// <summary>Finds what two routes of one cluster cannot have both.</summary>
    /// <param name="spec">The route.</param>
    /// <param name="others">Others of the same cluster; one of the same service is what it replaces.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Conflicts(RouteSpec spec, IEnumerable<RouteSpec> others)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(others);
        var problems = new NetworkProblems();
        foreach (var other in others.Where(other => other.Service != spec.Service))
        {
            foreach (var path in spec.Paths.Intersect(other.Paths, StringComparer.Ordinal))
            {
                if (spec.Hosts.IsEmpty && other.Hosts.IsEmpty)
                {
                    problems.Add("hosts", $"is empty, and so are those of the service '{other.Service}' with the path {path}; only one service is there for everything else");
                }

                foreach (var host in spec.Hosts.Intersect(other.Hosts, StringComparer.Ordinal))
                {
                    problems.Add("hosts", $"{host}{path} is the address of the service '{other.Service}' already");
                }
            }

            foreach (var host in spec.Hosts.Intersect(other.Hosts, StringComparer.Ordinal).Where(_ => spec.Tls is null != other.Tls is null))
            {
                problems.Add("tls", $"the host {host} is served with TLS for one service and without for another ('{spec.Service}', '{other.Service}')");
            }
        }

        return problems.All;
    }

    /// <summary>Checks a certificate that a route brings.</summary>
    /// <param name="pem">The certificate (PEM).</param>
    /// <param name="hosts">The hosts for which it must be valid.</param>
    /// <param name="now">The moment at which it must be.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> ValidateCertificate(string pem, IEnumerable<string> hosts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var problems = new NetworkProblems();
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            foreach (var host in hosts.Where(host => !certificate.MatchesHostname(host)))
            {
                problems.Add("certificate", $"does not match the host {host}; it is for {Names(certificate)}");
            }

            problems.AddIf(now.UtcDateTime > certificate.NotAfter.ToUniversalTime(), "certificate", string.Create(CultureInfo.InvariantCulture, $"has expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"));
        }
        catch (CryptographicException)
        {
            problems.Add("certificate", "is not a certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        }

        return problems.All;
    }

    private static void Tls(NetworkProblems problems, RouteSpec spec, RouteTls tls, DateTimeOffset now)
    {
        problems.AddIf(spec.Hosts.IsEmpty, "tls", "needs hosts: a certificate is valid for names");
        problems.AddIf(tls.Certificate is not null && tls.Secret is not null, "tls", "has a certificate and a secret; say one of them");
        problems.AddIf(tls.Secret is { } secret && !Label().IsMatch(secret), "tls.secret", $"'{tls.Secret}' is not the name of a secret");
        // A certificate's common name holds 64 characters (RFC 5280, ub-common-name-length).
        problems.AddIf(tls.Issued && !spec.Hosts.IsEmpty && spec.Hosts.Min(host => host.Length) > 64, "hosts", "are all longer than the 64 characters that an issued certificate's name may have");
        if (tls.Certificate is { } certificate)
        {
            foreach (var problem in ValidateCertificate(certificate, spec.Hosts, now))
            {
                problems.Add($"tls.{problem.Path}", problem.Message);
            }
        }
    }

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(found => found.EnumerateDnsNames()).ToList() is { Count: > 0 } names ? string.Join(", ", names) : certificate.Subject;

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Host();

    [GeneratedRegex("^/$|^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+$")]
    private static partial Regex Path();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Label();
}
