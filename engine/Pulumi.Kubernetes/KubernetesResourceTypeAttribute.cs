namespace Pulumi.Kubernetes;

/// <summary>Ties a resource class of the package to its type token.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KubernetesResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Utilities.Version);
