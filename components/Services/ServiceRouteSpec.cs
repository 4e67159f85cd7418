using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Ingress;

namespace AppStack.Components.Services;

/// <summary>A way on which citizens reach a service. What the web application firewall does on it is the service's (<see cref="ServiceSpec.Waf"/>).</summary>
public sealed record ServiceRouteSpec
{
    /// <summary>Its name, which tells a service's routes apart in logs and metrics; null: the service's own. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>Names under which the service is reached.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>Paths that are the service's, each with everything below it. Default: <c>/</c>.</summary>
    public ImmutableArray<string> Paths { get; init; } = ["/"];

    /// <summary>The certificate; null: no TLS. Default: one that the platform's authority issues.</summary>
    public RouteTls? Tls { get; init; } = new();

    /// <summary>The largest request body in bytes. Default: 1 MiB, as <see cref="RouteSpec.BodyBytes"/>.</summary>
    public long BodyBytes { get; init; } = 1 << 20;

    /// <summary>How long the service may be silent before a request ends. Default: 30 s, as <see cref="RouteSpec.ResponseTimeout"/>.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may be silent while it sends a body. Default: 15 s, as <see cref="RouteSpec.RequestTimeout"/>.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The route as the ingress knows it.</summary>
    /// <param name="service">The service.</param>
    public RouteSpec For(ServiceSpec service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return new()
        {
            Service = Name is null ? service.Name : $"{service.Name}-{Name}",
            Team = service.Team,
            Namespace = service.Name,
            Target = service.Name,
            Hosts = Hosts,
            Paths = Paths,
            Tls = Tls,
            BodyBytes = BodyBytes,
            ResponseTimeout = ResponseTimeout,
            RequestTimeout = RequestTimeout,
            Waf = service.Waf,
        };
    }
}
