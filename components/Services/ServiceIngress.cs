using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Ingress;
using Pulumi;

namespace AppStack.Components.Services;

/// <summary>The ingress of the cluster, as the routes of a service need it.</summary>
public sealed record ServiceIngress
{
    /// <summary>The program that serves routes.</summary>
    public required IngressControllerKind Controller { get; init; }

    /// <summary>The authority that issues certificates; null: there is none.</summary>
    public PrivateAuthority? Authority { get; init; }

    /// <summary>Private keys (PEM) of routes that bring a certificate, by the route's place in <see cref="ServiceSpec.Routes"/>. Secrets.</summary>
    public IReadOnlyDictionary<int, Input<string>> PrivateKeys { get; init; } = ImmutableDictionary<int, Input<string>>.Empty;
}
