using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>The objects of a list as they are at any moment: listed once, then watched; listed again when the watch is lost.</summary>
internal sealed class WatchedList(ApiClient client, string path, TimeProvider time)
{
    // A watch ends when the API server wants so (after half an hour) or goes away. The pause is for one that ends watches at once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private volatile ImmutableDictionary<string, PropertyMap>? _objects;

    /// <summary>The objects; <see langword="null"/> as long as they are not known.</summary>
    public ImmutableArray<PropertyMap>? Objects => _objects is { } known ? [.. known.Values] : null;

    /// <summary>Keeps them up to date until it is cancelled, or may not.</summary>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var list = (await client.GetAsync(path, patient: true, cancellationToken)).Body;
                _objects = list.MapsAt("items").ToImmutableDictionary(Key, StringComparer.Ordinal);
                changed();
                await foreach (var change in client.WatchAsync(path, list.TextAt("metadata", "resourceVersion") ?? "", cancellationToken))
                {
                    if (change.Type == "ERROR")
                    {
                        break;
                    }

                    Apply(change);
                    changed();
                }
            }
            catch (ApiException exception) when (exception.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
            {
                // Whoever may not look does without.
                _objects ??= ImmutableDictionary<string, PropertyMap>.Empty;
                changed();
                return;
            }
            catch (Exception exception) when (exception is ApiException or UnreachableException or UntrustedServerException or HttpRequestException or IOException or JsonException && !cancellationToken.IsCancellationRequested)
            {
                // Listed again. A line that was cut off is no JSON.
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static string Key(PropertyMap item) => item.TextAt("metadata", "uid") ?? item.Id();

    private void Apply(WatchEvent change)
    {
        var known = _objects!;
        _objects = change.Type switch
        {
            "ADDED" or "MODIFIED" => known.SetItem(Key(change.Object), change.Object),
            "DELETED" => known.Remove(Key(change.Object)),
            _ => known,
        };
    }
}
