using System.Collections.Concurrent;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Which kinds an API server has, asked once for each group and version.</summary>
internal sealed class ApiDiscovery(ApiClient client)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, ApiResource>>>> _versions = new(StringComparer.Ordinal);

    /// <summary>The resource of a kind; <see langword="null"/> when the API server has none.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="patient">Whether to wait for an API server that is away.</param>
    /// <param name="cancellationToken">Ends the waiting; others may wait for the same answer.</param>
    /// <exception cref="UnreachableException">The API server does not answer.</exception>
    public async Task<ApiResource?> FindAsync(ObjectKind kind, bool patient, CancellationToken cancellationToken)
    {
        var asked = _versions.GetOrAdd(kind.ApiVersion, version => new(() => ReadAsync(version, patient)));
        try
        {
            return (await asked.Value.WaitAsync(cancellationToken)).GetValueOrDefault(kind.Kind);
        }
        catch (Exception) when (asked.Value.IsFaulted)
        {
            _versions.TryRemove(new KeyValuePair<string, Lazy<Task<IReadOnlyDictionary<string, ApiResource>>>>(kind.ApiVersion, asked));
            throw;
        }
    }

    /// <summary>Forgets a group and version, because its kinds may have changed.</summary>
    public void Forget(string apiVersion) => _versions.TryRemove(apiVersion, out _);

    private async Task<IReadOnlyDictionary<string, ApiResource>> ReadAsync(string version, bool patient)
    {
        try
        {
            var list = (await client.GetAsync($"{(version.Contains('/') ? "apis" : "api")}/{version}", patient, CancellationToken.None)).Body;
            return list.MapsAt("resources")
                .Where(resource => resource.TextAt("name") is { } name && !name.Contains('/'))
                .GroupBy(resource => resource.TextAt("kind") ?? "", StringComparer.Ordinal)
                .ToDictionary(
                    kinds => kinds.Key,
                    kinds => new ApiResource(version, kinds.First().TextAt("name")!, kinds.First().IsTrueAt("namespaced")),
                    StringComparer.Ordinal);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return new Dictionary<string, ApiResource>(StringComparer.Ordinal);
        }
    }
}
