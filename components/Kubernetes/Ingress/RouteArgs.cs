using System.Collections.Immutable;
using AppStack.Components.Certificates;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Arguments of a <see cref="Route"/>.</summary>
public sealed class RouteArgs : ResourceArgs
{
    /// <summary>The route. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required RouteSpec Spec { get; set; }

    /// <summary>The program that serves it.</summary>
    public required IngressControllerKind Controller { get; set; }

    /// <summary>The cluster, as its administrator reaches it.</summary>
    public required Provider Provider { get; set; }

    /// <summary>The authority that issues certificates; needed when <see cref="RouteTls.Issued"/>.</summary>
    public PrivateAuthority? Authority { get; set; }

    /// <summary>The private key (PEM) of <see cref="RouteTls.Certificate"/>; a secret.</summary>
    public Input<string>? PrivateKey { get; set; }

    /// <summary>Other routes of the cluster that are known, which must not claim the same. What is not known here the ingress itself refuses. Default: none.</summary>
    public ImmutableArray<RouteSpec> Others { get; set; } = [];
}
