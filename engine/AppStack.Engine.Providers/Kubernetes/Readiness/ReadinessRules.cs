using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>When an object is ready.</summary>
internal static class ReadinessRules
{
    private const Related Workload = Related.Pods | Related.Events;

    private static readonly Dictionary<(string Group, string Kind), ReadinessRule> ByKind = new()
    {
        [("apps", "Deployment")] = new(WorkloadRules.Deployment, Workload),
        [("apps", "StatefulSet")] = new(WorkloadRules.StatefulSet, Workload),
        [("apps", "DaemonSet")] = new(WorkloadRules.DaemonSet, Workload),
        [("batch", "Job")] = new(WorkloadRules.Job, Workload),
        [("", "Pod")] = new(WorkloadRules.Pod, Related.Events),
        [("", "Service")] = new(ClusterRules.Service, Related.Pods | Related.Endpoints),
        [("networking.k8s.io", "Ingress")] = new(ClusterRules.Ingress, Related.Endpoints),
        [("", "PersistentVolumeClaim")] = new(ClusterRules.PersistentVolumeClaim, Related.Events | Related.StorageClasses),
        [("", "PersistentVolume")] = new(ClusterRules.PersistentVolume),
        [("", "ResourceQuota")] = new(ClusterRules.ResourceQuota),
        [("", "Secret")] = new(ClusterRules.Secret),
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = new(ClusterRules.CustomResourceDefinition),
    };

    /// <summary>The rule of an object; <see langword="null"/> when it is ready as soon as it exists.</summary>
    /// <param name="manifest">The object, with its annotations.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="awaitAll">Whether objects of any kind are waited for (PULUMI_K8S_AWAIT_ALL).</param>
    /// <exception cref="FormatException">Its annotation is not understood.</exception>
    public static ReadinessRule? Of(PropertyMap manifest, ObjectKind kind, bool awaitAll)
    {
        if (manifest.IsAnnotated(Manifest.SkipAwait))
        {
            return null;
        }

        return manifest.Annotation(Manifest.WaitFor) is { Length: > 0 } annotation
            ? WaitForRules.Parse(annotation)
            : ByKind.GetValueOrDefault((kind.Group, kind.Kind)) ?? (awaitAll ? new ReadinessRule(WaitForRules.Heuristic) : null);
    }
}
