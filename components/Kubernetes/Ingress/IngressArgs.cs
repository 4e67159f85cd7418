using AppStack.Components.Certificates;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Kubernetes.Ingress;

/// <summary>Arguments of a <see cref="ClusterIngress"/>.</summary>
public sealed class IngressArgs : ResourceArgs
{
    /// <summary>The ingress. It is known when the program runs, so that every problem of it shows in a preview.</summary>
    public required IngressSpec Spec { get; set; }

    /// <summary>The cluster, as its administrator reaches it.</summary>
    public required Provider Provider { get; set; }

    /// <summary>The authority that issues the ingress' own certificate.</summary>
    public required PrivateAuthority Authority { get; set; }
}
