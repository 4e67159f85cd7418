using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes;
using AppStack.Engine.Providers.Tests.Common;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>A configured provider of a recorded API server, or of a real one.</summary>
internal sealed class Cluster : IDisposable
{
    public const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: gov
        contexts:
        - { name: gov, context: { cluster: gov, user: admin } }
        clusters:
        - { name: gov, cluster: { server: "https://10.0.0.1:6443" } }
        users:
        - { name: admin, user: { token: the-token } }
        """;

    public RecordedApi Api { get; } = new();

    public IResourceProvider Provider { get; }

    private Cluster(Func<Cluster, KubernetesProvider> provider) => Provider = provider(this);

    /// <summary>One that answers from records.</summary>
    public static async Task<Cluster> RecordedAsync(params (string Name, PropertyValue Value)[] settings)
    {
        var cluster = new Cluster(self => new KubernetesProvider(new BuiltInProviderOptions(), _ => self.Api));
        cluster.Api.Serves("api/v1", ("ConfigMap", "configmaps", true), ("Namespace", "namespaces", false), ("Secret", "secrets", true), ("Service", "services", true));
        cluster.Api.Serves("apis/apps/v1", ("Deployment", "deployments", true));
        await cluster.Provider.ConfigureAsync(settings.Aggregate(PropertyMap.Empty.With("kubeconfig", PropertyValue.Of(Kubeconfig)), (all, setting) => all.With(setting.Name, setting.Value)), default);
        return cluster;
    }

    /// <summary>A real one.</summary>
    public static async Task<Cluster> RealAsync(string kubeconfig, params (string Name, PropertyValue Value)[] settings)
    {
        var cluster = new Cluster(_ => new KubernetesProvider(new BuiltInProviderOptions()));
        await cluster.Provider.ConfigureAsync(PropertyMap.Of([("kubeconfig", PropertyValue.Of(kubeconfig)), .. settings]), default);
        return cluster;
    }

    public Resource New(string type, string name = "res") => new(Provider, type, name);

    public void Dispose()
    {
        (Provider as IDisposable)?.Dispose();
        Api.Dispose();
    }
}
