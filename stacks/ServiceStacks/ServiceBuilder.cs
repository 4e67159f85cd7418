using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Components.Monitoring;
using AppStack.Components.Services;
using AppStack.Stacks.Services.Descriptors;

namespace AppStack.Stacks.Services;

/// <summary>
/// Turns a service's descriptor into what its component is told; the component's own defaults hold for what is not written. What could not be
/// read has something in its place that is valid by itself, so that everything else can be checked.
/// </summary>
internal static class ServiceBuilder
{
    /// <summary>The registry that does not exist: images that are built lie in the stores of the nodes.</summary>
    public const string BuiltRepository = "appstack.local";

    /// <summary>Builds the definition; file, text and places are not known here.</summary>
    /// <param name="service">The descriptor.</param>
    /// <param name="folder">The folder's name, for a service that has none.</param>
    public static ServiceDefinition Build(ServiceDescriptor service, string folder)
    {
        var name = service.Name ?? folder;
        return new()
        {
            Spec = Spec(service, name),
            Description = service.Description ?? "",
            Cluster = service.Cluster,
            Project = service.Image?.Project,
            Migrations = service.Database?.Migrations,
            Certificates = service.Routes.Index()
                .Where(found => found.Item?.Tls is { Certificate: not null, Key: not null })
                .ToImmutableSortedDictionary(found => found.Index, found => new RouteCertificate(found.Item!.Tls!.Certificate!, found.Item.Tls.Key!)),
            File = "",
            Text = "",
        };
    }

    private static ServiceSpec Spec(ServiceDescriptor service, string name)
    {
        var defaults = new ServiceSpec { Name = name, Team = service.Team ?? "unknown", Version = service.Version ?? "unknown", Image = service.Image?.Reference ?? $"{BuiltRepository}/{name}:built" };
        return defaults with
        {
            Replicas = service.Replicas ?? defaults.Replicas,
            Scaling = service.Scaling is { } scaling ? Scaling(scaling) : null,
            Resources = new()
            {
                Cpu = service.Resources?.Cpu ?? defaults.Resources.Cpu,
                Memory = service.Resources?.Memory ?? defaults.Resources.Memory,
            },
            Port = service.Port ?? defaults.Port,
            Probes = new()
            {
                Port = service.Probes?.Port,
                Readiness = service.Probes?.Readiness ?? defaults.Probes.Readiness,
                Liveness = service.Probes?.Liveness ?? defaults.Probes.Liveness,
            },
            Metrics = service.Metrics is { } metrics ? Metrics(metrics) : null,
            Deadline = service.Deadline ?? defaults.Deadline,
            Grace = service.Grace ?? defaults.Grace,
            Config = service.Config.Where(pair => pair.Value is not null).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
            Secrets = [.. service.Secrets.OfType<SecretDescriptor>().Where(secret => secret is { Name: not null, Setting: not null }).Select(secret => new ServiceSecretSpec(secret.Name!, secret.Setting!))],
            Database = service.Database is { Setting: { } setting, PasswordFile: { } file } database
                ? new() { Setting = setting, PasswordFile = file, ReadOnlySetting = database.ReadOnlySetting }
                : null,
            Egress = [.. service.Egress.OfType<EgressDescriptor>().Where(egress => egress.To is not null).Select(egress => new ServiceEgressSpec { To = egress.To.ToString()!, Ports = [.. egress.Ports.OfType<int>()] })],
            Routes = [.. service.Routes.Select(route => Route(route ?? new RouteDescriptor()))],
            Alerts = [.. service.Alerts.Select((alert, index) => Alert(alert ?? new AlertDescriptor(), name, index))],
            Waf = service.Waf is { } waf ? Waf(waf) : defaults.Waf,
        };
    }

    private static ServiceScalingSpec Scaling(ScalingDescriptor scaling)
    {
        var defaults = new ServiceScalingSpec { Most = scaling.Most ?? scaling.Least ?? 2 };
        return defaults with { Least = scaling.Least ?? defaults.Least, Cpu = scaling.Cpu ?? defaults.Cpu };
    }

    private static ServiceMetricsSpec Metrics(MetricsDescriptor metrics)
    {
        var defaults = new ServiceMetricsSpec { Port = metrics.Port };
        return defaults with { Path = metrics.Path ?? defaults.Path };
    }

    private static AlertRule Alert(AlertDescriptor alert, string service, int index) => new()
    {
        Name = alert.Name ?? $"Unread{index}",
        Expression = alert.Expression ?? "?",
        For = alert.For ?? TimeSpan.FromMinutes(1),
        Severity = alert.Severity == AlertUrgency.Critical ? AlertSeverity.Critical : AlertSeverity.Warning,
        Summary = alert.Summary ?? "?",
        Runbook = alert.Runbook ?? $"stacks/services/{service}/{ServiceFiles.FileName}",
    };

    private static ServiceRouteSpec Route(RouteDescriptor route)
    {
        var defaults = new ServiceRouteSpec { Hosts = Texts(route.Hosts) };
        return defaults with
        {
            Name = route.Name,
            Paths = Or(route.Paths, defaults.Paths),
            Tls = route.Plain == true ? null : new() { Secret = route.Tls?.Secret },
            BodyBytes = route.BodyBytes ?? defaults.BodyBytes,
            ResponseTimeout = route.ResponseTimeout ?? defaults.ResponseTimeout,
            RequestTimeout = route.RequestTimeout ?? defaults.RequestTimeout,
        };
    }

    private static WafSpec Waf(WafDescriptor waf)
    {
        var defaults = new WafSpec();
        return defaults with
        {
            Mode = waf.Mode ?? defaults.Mode,
            Paranoia = waf.Paranoia ?? defaults.Paranoia,
            DetectionParanoia = waf.DetectionParanoia,
            InboundThreshold = waf.InboundThreshold ?? defaults.InboundThreshold,
            OutboundThreshold = waf.OutboundThreshold ?? defaults.OutboundThreshold,
            Methods = Or(waf.Methods, defaults.Methods),
            ContentTypes = Or(waf.ContentTypes, defaults.ContentTypes),
            ResponseTypes = Or(waf.ResponseTypes, defaults.ResponseTypes),
            UrlExtensions = Texts(waf.UrlExtensions),
            Arguments = new()
            {
                Count = waf.Arguments?.Count ?? defaults.Arguments.Count,
                NameBytes = waf.Arguments?.NameBytes,
                ValueBytes = waf.Arguments?.ValueBytes,
                TotalBytes = waf.Arguments?.TotalBytes,
            },
            Uploads = new() { Count = waf.Uploads?.Count, TotalBytes = waf.Uploads?.TotalBytes, Extensions = Texts(waf.Uploads?.Extensions ?? []) },
            Exclusions = [.. waf.Exclusions.OfType<WafExclusionDescriptor>().Select(found => new WafExclusion { Rule = found.Rule, Tag = found.Tag, Target = found.Target, Path = found.Path, Reason = found.Reason ?? "?" })],
            Paths = [.. waf.Paths.OfType<WafPathDescriptor>().Select(found => new WafPathRule { Path = found.Path ?? "/", Methods = Texts(found.Methods), ContentTypes = Texts(found.ContentTypes) })],
            Parameters = [.. waf.Parameters.OfType<WafParameterDescriptor>().Select(found => new WafParameter { Name = found.Name ?? "?", Path = found.Path, Pattern = found.Pattern ?? ".*" })],
            RateLimits = [.. waf.RateLimits.OfType<WafRateLimitDescriptor>().Select(RateLimit)],
            Slot = waf.Slot,
        };
    }

    private static WafRateLimit RateLimit(WafRateLimitDescriptor limit)
    {
        var defaults = new WafRateLimit { Path = limit.Path, Methods = Texts(limit.Methods), Requests = limit.Requests ?? 1 };
        return defaults with { Per = limit.Per ?? defaults.Per, Burst = limit.Burst ?? defaults.Burst };
    }

    private static ImmutableArray<string> Or(IReadOnlyList<string?> written, ImmutableArray<string> fallback) => written.Count > 0 ? Texts(written) : fallback;

    private static ImmutableArray<string> Texts(IReadOnlyList<string?> written) => [.. written.OfType<string>()];
}
