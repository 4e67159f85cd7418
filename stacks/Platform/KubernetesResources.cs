using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Web;
using AppStack.Components.Lab;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace AppStack.Stacks;

/// <summary>Declares what is inside of the Kubernetes clusters: their rules, and the web services behind the edge.</summary>
internal static class KubernetesResources
{
    /// <summary>Declares everything.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="clusters">The clusters by name.</param>
    /// <param name="lab">The lab, whose end makes tidying up needless; null when the nodes exist without us.</param>
    /// <returns>What to depend on to come after the web services.</returns>
    public static ImmutableArray<Resource> Declare(PlatformPlan plan, IReadOnlyDictionary<string, KubernetesCluster> clusters, LocalLab? lab)
    {
        var servers = ImmutableArray.CreateBuilder<Resource>();
        foreach (var policy in plan.ClusterPolicies)
        {
            var cluster = clusters[policy.Cluster];
            var provider = new Provider(
                $"{policy.Cluster}-api",
                new ProviderArgs { KubeConfig = cluster.Kubeconfig },
                new CustomResourceOptions { DependsOn = [.. cluster.Ready], DeletedWith = lab });
            var rules = new ClusterPolicy(
                $"{policy.Cluster}-rules",
                new ClusterPolicyArgs { Spec = policy, Provider = provider },
                new ComponentResourceOptions { DeletedWith = lab });
            foreach (var web in plan.ClusterWebs[policy.Cluster])
            {
                servers.AddRange(new ClusterWeb(
                    $"{policy.Cluster}-{web.Name}",
                    new ClusterWebArgs { Spec = web, Provider = provider },
                    new ComponentResourceOptions { DeletedWith = lab, DependsOn = [.. rules.Namespaces[web.Name]] }).Ready);
            }
        }

        return servers.ToImmutable();
    }
}
