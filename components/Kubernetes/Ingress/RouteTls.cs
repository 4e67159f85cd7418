namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>The certificate of a route's hosts. With neither a certificate nor a secret the platform's private authority issues one.</summary>
public sealed record RouteTls
{
    /// <summary>A certificate (PEM, with those in between), whose key comes as <see cref="RouteArgs.PrivateKey"/>. It must be valid for all hosts. Default: null.</summary>
    public string? Certificate { get; init; }

    /// <summary>A secret of the type <c>kubernetes.io/tls</c> in the ingress' namespace that somebody else keeps. Default: null.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether the private authority issues the certificate.</summary>
    public bool Issued => Certificate is null && Secret is null;
}
