namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Which program serves the routes of a cluster: a choice of the environment, of which services know nothing.</summary>
public enum IngressControllerKind
{
    /// <summary>Debian's nginx with ModSecurity and the Core Rule Set, configured by an agent of AppStack.</summary>
    DebianNginx,

    /// <summary>The chart ingress-nginx. Retired upstream since March 2026: for clusters that have it already.</summary>
    IngressNginx,
}
