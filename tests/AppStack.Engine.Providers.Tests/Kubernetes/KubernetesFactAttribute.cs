using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>A test against a real API server. <c>./appstack test</c> makes what it takes; without that the test is skipped, visibly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubernetesFactAttribute : FactAttribute
{
    public KubernetesFactAttribute()
    {
        if (!KubernetesApi.IsInstalled)
        {
            Skip = "Needs the package etcd-server, and Kubernetes' programs (appstack-lab kubernetes programs).";
        }
    }
}
