using System.Collections.Immutable;
using Pulumi;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>A program that serves routes. The same acceptance tests hold for each.</summary>
public interface IIngressController
{
    /// <summary>What people should know before they choose it; told by every deployment.</summary>
    ImmutableArray<string> Warnings { get; }

    /// <summary>The path that answers 200 under any name that no route has; the load balancers ask for it.</summary>
    string HealthPath { get; }

    /// <summary>The namespace in which a route's certificate must be.</summary>
    string CertificateNamespace(RouteSpec route);

    /// <summary>What of an ingress, which is right in itself, this program cannot do.</summary>
    IReadOnlyList<SpecProblem> Validate(IngressSpec ingress);

    /// <summary>What of a route, which is right in itself, this program cannot do.</summary>
    /// <param name="route">The route.</param>
    /// <returns>All problems; empty when there is none.</returns>
    IReadOnlyList<SpecProblem> Validate(RouteSpec route);

    /// <summary>Declares the program itself.</summary>
    /// <param name="ingress">The ingress.</param>
    /// <param name="site">Names and options of its objects.</param>
    /// <returns>What to depend on to come after it serves.</returns>
    ImmutableArray<Resource> DeclareController(IngressSpec ingress, IngressSite site);

    /// <summary>Declares the objects of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="certificate">The secret with its certificate; null: no TLS.</param>
    /// <param name="site">Names and options of its objects.</param>
    /// <returns>What to depend on to come after the route is served.</returns>
    ImmutableArray<Resource> DeclareRoute(RouteSpec route, string? certificate, IngressSite site);
}
