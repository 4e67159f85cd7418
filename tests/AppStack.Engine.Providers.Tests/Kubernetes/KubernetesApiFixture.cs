using System.Globalization;
using System.Text;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Access;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>The real API server of all tests of a class; each test has a namespace of its own.</summary>
public sealed class KubernetesApiFixture : IAsyncLifetime
{
    private int _namespaces;
    private KubernetesApi? _api;
    private HttpClient? _http;

    public KubernetesApi Api => _api!;

    public async Task InitializeAsync()
    {
        if (!KubernetesApi.IsInstalled)
        {
            return;
        }

        _api = await KubernetesApi.StartAsync();
        var access = KubeconfigReader.Read(_api.Kubeconfig, context: null, cluster: null);
        _http = new HttpClient(new ApiTransport(access)) { BaseAddress = access.Server };
    }

    public async Task DisposeAsync()
    {
        _http?.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    /// <summary>Makes a namespace for a test.</summary>
    public async Task<string> NamespaceAsync()
    {
        var name = "t" + Interlocked.Increment(ref _namespaces).ToString(CultureInfo.InvariantCulture);
        await SendAsync(HttpMethod.Post, "api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        return name;
    }

    /// <summary>Does what somebody else does: a kubelet, or a person with kubectl.</summary>
    public async Task<PropertyMap> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        using var response = await _http!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? Json.Map(text) : throw new InvalidOperationException($"{method} {path}: {text}");
    }

    public Task<PropertyMap> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<IReadOnlyList<string>> NamesAsync(string path) => [.. (await GetAsync(path)).MapsAt("items").Select(item => item.Name())];
}
