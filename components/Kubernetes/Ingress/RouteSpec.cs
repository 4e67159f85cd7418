using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Waf;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>How citizens reach a service: hosts, paths, limits, the web application firewall, and where requests go. Says nothing of the program that does it.</summary>
public sealed record RouteSpec
{
    /// <summary>The service's name; unique in the cluster, lower-case letters, digits and hyphens.</summary>
    public required string Service { get; init; }

    /// <summary>The team that owns the service.</summary>
    public required string Team { get; init; }

    /// <summary>The namespace of <see cref="Target"/>.</summary>
    public required string Namespace { get; init; }

    /// <summary>
    /// Names under which it is reached, lower-case, without port: <c>dilosi.example.gov</c>. Empty: under every name and address that no other route
    /// has; one route of a cluster may say that. Default: empty.
    /// </summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Paths that are its own, each with everything below it: <c>/api</c> is <c>/api</c> and <c>/api/...</c>. Default: <c>/</c>.</summary>
    public ImmutableArray<string> Paths { get; init; } = ["/"];

    /// <summary>The certificate; requests without TLS are then sent to the same address with it. Null: no TLS. Default: null.</summary>
    public RouteTls? Tls { get; init; }

    /// <summary>The largest request body in bytes; larger ones get 413. Default: 1 MiB, as nginx'.</summary>
    public long BodyBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How long the service may be silent before a request ends with 504. The longest of all routes is also what requests that are under way are given
    /// when any route changes; processes of before, with 40 MiB of rules, stay as long as one of their requests does. Default: 30 s.
    /// </summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may be silent while it sends a request's body. Default: 15 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The Kubernetes service, with an address of its own (not headless), that requests go to.</summary>
    public required string Target { get; init; }

    /// <summary>Its port. Default: 80.</summary>
    public int TargetPort { get; init; } = 80;

    /// <summary>What the web application firewall does. Default: refuses what CRS finds.</summary>
    public WafSpec Waf { get; init; } = new();
}
