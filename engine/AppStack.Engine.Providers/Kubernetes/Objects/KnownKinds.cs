using System.Collections.Frozen;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>
/// Whether objects of a kind live in namespaces, for the kinds that Kubernetes itself has. It spares a question to the API server, and can be
/// told when there is none yet.
/// </summary>
internal static class KnownKinds
{
    // Groups of Kubernetes 1.20 to 1.34; whatever kind of them is not listed below is namespaced.
    private static readonly FrozenSet<string> Groups = new[]
    {
        "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io", "authorization.k8s.io",
        "autoscaling", "batch", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "flowcontrol.apiserver.k8s.io",
        "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfTheCluster = new[]
    {
        "APIService", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding", "ClusterTrustBundle", "ComponentStatus", "CSIDriver", "CSINode",
        "CustomResourceDefinition", "FlowSchema", "IngressClass", "IPAddress", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
        "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume", "PodSecurityPolicy", "PriorityClass", "PriorityLevelConfiguration",
        "RuntimeClass", "SelfSubjectAccessReview", "SelfSubjectReview", "SelfSubjectRulesReview", "ServiceCIDR", "StorageClass", "SubjectAccessReview",
        "TokenReview", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
        "VolumeAttributesClass",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Owners = new[]
    {
        "CronJob", "CustomResourceDefinition", "DaemonSet", "Deployment", "Job", "Namespace", "Node", "PersistentVolume", "PersistentVolumeClaim", "Pod", "ReplicaSet",
        "ReplicationController", "Service", "StatefulSet",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether no controller of Kubernetes makes objects that belong to one of this kind.</summary>
    public static bool OwnsNothing(ObjectKind kind) => Groups.Contains(kind.Group) && !Owners.Contains(kind.Kind);

    /// <summary>Whether a kind is namespaced; <see langword="null"/> for kinds that are not Kubernetes' own.</summary>
    public static bool? IsNamespaced(ObjectKind kind) => Groups.Contains(kind.Group) ? !OfTheCluster.Contains(kind.Kind) : null;
}
