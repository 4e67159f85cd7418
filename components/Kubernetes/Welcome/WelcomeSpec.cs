using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Kubernetes.Welcome;

/// <summary>The service that labs have behind their ingress: it says who answers and who asked, to everybody who asks for a name that no other service has.</summary>
public sealed record WelcomeSpec
{
    /// <summary>Its name, also that of its namespace.</summary>
    public const string Name = "welcome";

    /// <summary>The cluster's version.</summary>
    public required KubernetesVersion Version { get; init; }

    /// <summary>The image of nginx.</summary>
    public required string Image { get; init; }

    /// <summary>Its pods. Default: 3.</summary>
    public int Replicas { get; init; } = 3;
}
