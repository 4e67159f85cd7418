using AppStack.Components.Kubernetes.Cluster;
using Pulumi;
using MetaV1Inputs = Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using PolicyV1 = Pulumi.Kubernetes.Policy.V1;
using PolicyV1Beta1 = Pulumi.Kubernetes.Policy.V1Beta1;
using PolicyV1Beta1Inputs = Pulumi.Kubernetes.Types.Inputs.Policy.V1Beta1;
using PolicyV1Inputs = Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace AppStack.Components.Kubernetes;

/// <summary>What maintenance may take of a set of pods: one at a time.</summary>
internal static class DisruptionBudget
{
    /// <summary>Declares a budget, in the version of the API that the cluster has (<see cref="KubernetesVersion.PolicyApi"/>).</summary>
    /// <param name="resource">Name of the resource.</param>
    /// <param name="version">The cluster's version.</param>
    /// <param name="metadata">Of the object.</param>
    /// <param name="selector">The pods.</param>
    /// <param name="options">Options of the resource.</param>
    public static Resource Declare(string resource, KubernetesVersion version, MetaV1Inputs.ObjectMetaArgs metadata, MetaV1Inputs.LabelSelectorArgs selector, CustomResourceOptions options)
        => version.PolicyApi == "policy/v1"
            ? new PolicyV1.PodDisruptionBudget(
                resource,
                new PolicyV1Inputs.PodDisruptionBudgetArgs { Metadata = metadata, Spec = new PolicyV1Inputs.PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = selector } },
                options)
            : new PolicyV1Beta1.PodDisruptionBudget(
                resource,
                new PolicyV1Beta1Inputs.PodDisruptionBudgetArgs { Metadata = metadata, Spec = new PolicyV1Beta1Inputs.PodDisruptionBudgetSpecArgs { MaxUnavailable = 1, Selector = selector } },
                options);
}
