using System.Collections.Immutable;
using AppStack.Components.Certificates;
using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Components.Kubernetes.Policy;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Components.Lab;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace AppStack.Stacks;

/// <summary>Declares what is inside of the Kubernetes clusters: their rules, the ingress behind the edge, and in labs a service behind it.</summary>
internal static class KubernetesResources
{
    /// <summary>Declares everything.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="clusters">The clusters by name.</param>
    /// <param name="authority">Issues the certificates of ingresses.</param>
    /// <param name="lab">The lab, whose end makes tidying up needless; null when the nodes exist without us.</param>
    /// <returns>What to depend on to come after the ingresses serve.</returns>
    public static ImmutableArray<Resource> Declare(PlatformPlan plan, IReadOnlyDictionary<string, KubernetesCluster> clusters, PrivateAuthority? authority, LocalLab? lab)
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
            if (!plan.Ingresses.TryGetValue(policy.Cluster, out var spec))
            {
                continue;
            }

            var ingress = new ClusterIngress(
                $"{policy.Cluster}-ingress",
                new IngressArgs { Spec = spec, Provider = provider, Authority = authority! },
                new ComponentResourceOptions { DeletedWith = lab, DependsOn = [.. rules.Namespaces[IngressSpec.Namespace]] });
            servers.AddRange(ingress.Ready);
            if (plan.Welcomes.TryGetValue(policy.Cluster, out var welcome))
            {
                var service = new WelcomeService(
                    $"{policy.Cluster}-{WelcomeSpec.Name}",
                    new WelcomeArgs { Spec = welcome, Provider = provider },
                    new ComponentResourceOptions { DeletedWith = lab, DependsOn = [.. rules.Namespaces[WelcomeSpec.Name]] });
                servers.AddRange(new Route(
                    $"{policy.Cluster}-{WelcomeSpec.Name}-route",
                    new RouteArgs { Spec = KubernetesPlan.WelcomeRoute(), Controller = spec.Controller, Provider = provider, Authority = authority },
                    new ComponentResourceOptions { DeletedWith = lab, DependsOn = [.. ingress.Ready, .. service.Ready] }).Served);
            }
        }

        return servers.ToImmutable();
    }
}
