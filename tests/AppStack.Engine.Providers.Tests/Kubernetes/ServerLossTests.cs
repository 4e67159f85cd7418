using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Tests.Common;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>The API server goes away and comes back: a server of its own, because others would notice.</summary>
public sealed class ServerLossTests(KubernetesApiFixture real) : IClassFixture<KubernetesApiFixture>
{
    [KubernetesFact]
    public async Task What_was_begun_goes_on_when_the_server_is_back()
    {
        var space = await real.NamespaceAsync();
        using var cluster = await Cluster.RealAsync(real.Api.Kubeconfig, ("namespace", PropertyValue.Of(space)));
        var waiting = new TaskCompletionSource();
        var log = new RecordingLog { OnStatus = _ => waiting.TrySetResult() };

        // One that is being waited for when the server dies, and one that is applied while it is dead.
        var watched = cluster.New("kubernetes:core/v1:ConfigMap").CreateAsync(
            Json.Map("""{"metadata":{"name":"watched","annotations":{"pulumi.com/waitFor":"jsonpath={.data.ready}"}},"data":{"a":"1"}}"""), log: log);
        await waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await real.Api.StopServerAsync();
        var applied = cluster.New("kubernetes:core/v1:ConfigMap").CreateAsync(Json.Map("""{"metadata":{"name":"applied"}}"""));
        await real.Api.StartServerAsync();

        Assert.Equal($"{space}/applied", (await applied.WaitAsync(TimeSpan.FromMinutes(1))).Id);
        await real.SendAsync(HttpMethod.Patch, $"api/v1/namespaces/{space}/configmaps/watched", """{"data":{"ready":"yes"}}""", "application/merge-patch+json");
        Assert.Equal("yes", (await watched.WaitAsync(TimeSpan.FromMinutes(1))).Outputs.TextAt("data", "ready"));
    }
}
