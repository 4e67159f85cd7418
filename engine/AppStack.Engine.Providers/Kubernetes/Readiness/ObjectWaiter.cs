using System.Collections.Immutable;
using System.Threading.Channels;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>Waits for objects, and says meanwhile what for.</summary>
internal sealed class ObjectWaiter(ApiClient client, TimeProvider time)
{
    /// <summary>Waits until an object is ready, has failed, or time is up.</summary>
    /// <returns>The object as it was seen last, and why it is not ready; nothing when it is.</returns>
    public async Task<(PropertyMap Live, ImmutableArray<string> Reasons)> ReadyAsync(
        ApiResource resource, PropertyMap applied, ReadinessRule rule, TimeSpan timeout, IOperationLog log, CancellationToken cancellationToken)
    {
        var verdict = rule.Judge(new Observation { Object = applied });
        if (verdict.IsReady)
        {
            return (applied, []);
        }

        var live = applied;
        var told = new HashSet<string>(StringComparer.Ordinal);
        var space = applied.Namespace();
        var main = new WatchedList(client, ByName(resource, applied), time);
        var pods = Watch(rule, Related.Pods, Selected(applied, space));
        var events = Watch(rule, Related.Events, $"api/v1/namespaces/{space}/events?fieldSelector=type%3DWarning");
        var endpoints = Watch(rule, Related.Endpoints, $"api/v1/namespaces/{space}/endpoints");
        var classes = Watch(rule, Related.StorageClasses, "apis/storage.k8s.io/v1/storageclasses");
        var isInTime = await WatchAsync(
            [main, .. new[] { pods, events, endpoints, classes }.OfType<WatchedList>()],
            () =>
            {
                if (main.Objects is not { } found)
                {
                    return false;
                }

                if (found.Length == 0)
                {
                    verdict = Verdict.Failed("somebody deleted it while it was waited for");
                    return true;
                }

                live = Whole(found[0], applied);
                verdict = rule.Judge(new Observation
                {
                    Object = live,
                    Pods = [.. (pods?.Objects ?? []).Where(pod => pod.At("metadata", "deletionTimestamp") is null)],
                    Events = events?.Objects ?? [],
                    Endpoints = endpoints?.Objects ?? [],
                    StorageClasses = classes?.Objects ?? [],
                });
                Tell(verdict, told, log);
                return verdict.IsReady || verdict.HasFailed;
            },
            timeout,
            cancellationToken);
        if (verdict.IsReady)
        {
            return (live, []);
        }

        var ending = verdict.HasFailed ? "" : isInTime ? "the waiting was broken off: " : $"not ready after {timeout.TotalSeconds:0} s: ";
        return (live, [ending + verdict.Progress, .. verdict.Problems]);
    }

    /// <summary>Waits until an object is gone.</summary>
    /// <returns>What keeps it; <see langword="null"/> when it is gone.</returns>
    public async Task<string?> GoneAsync(ApiResource resource, PropertyMap deleted, TimeSpan timeout, IOperationLog log, CancellationToken cancellationToken)
    {
        var main = new WatchedList(client, ByName(resource, deleted), time);
        var uid = deleted.TextAt("metadata", "uid");
        var keeps = "";
        await WatchAsync(
            [main],
            () =>
            {
                if (main.Objects is not { } found)
                {
                    return false;
                }

                if (found.FirstOrDefault(item => uid is null || item.TextAt("metadata", "uid") == uid) is not { } left)
                {
                    keeps = null;
                    return true;
                }

                var now = Keeps(left);
                if (now != keeps)
                {
                    keeps = now;
                    log.Status($"waiting until it is gone: {now}");
                }

                return false;
            },
            timeout,
            cancellationToken);
        return keeps;
    }

    // What runs says so by itself; what does not is told apart by the time that has passed.
    private async Task<bool> WatchAsync(ImmutableArray<WatchedList> lists, Func<bool> isDone, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(either.Token);
        var watches = lists.Select(list => list.RunAsync(() => signal.Writer.TryWrite(true), watching.Token)).ToList();
        try
        {
            do
            {
                await signal.Reader.ReadAsync(either.Token);
            }
            while (!isDone());
        }
        catch (OperationCanceledException)
        {
            return !limit.IsCancellationRequested;
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return true;
    }

    private WatchedList? Watch(ReadinessRule rule, Related related, string? path) => rule.Related.HasFlag(related) && path is not null ? new WatchedList(client, path, time) : null;

    private static string ByName(ApiResource resource, PropertyMap made) =>
        $"{resource.List(made.Namespace())}?fieldSelector=metadata.name%3D{Uri.EscapeDataString(made.Name())}";

    // Elements of a list do not say what they are.
    private static PropertyMap Whole(PropertyMap item, PropertyMap applied) => item.With("apiVersion", applied["apiVersion"]).With("kind", applied["kind"]);

    private static string? Selected(PropertyMap applied, string space)
    {
        var selector = applied.MapAt("spec", "selector");
        var labels = applied.TextAt("kind") == "Service" ? selector : selector.MapAt("matchLabels");
        var terms = labels.Select(label => $"{label.Key}={(label.Value as PropertyValue.Text)?.Value}")
            .Concat(selector.MapsAt("matchExpressions").Select(Expression))
            .ToList();
        return terms.Count == 0 ? null : $"api/v1/namespaces/{space}/pods?labelSelector={Uri.EscapeDataString(string.Join(',', terms))}";
    }

    private static string Expression(PropertyMap expression)
    {
        var values = expression.At("values") is PropertyValue.List list ? string.Join(',', list.Items.OfType<PropertyValue.Text>().Select(text => text.Value)) : "";
        return expression.TextAt("operator") switch
        {
            "In" => $"{expression.TextAt("key")} in ({values})",
            "NotIn" => $"{expression.TextAt("key")} notin ({values})",
            "Exists" => expression.TextAt("key") ?? "",
            _ => "!" + expression.TextAt("key"),
        };
    }

    private static void Tell(Verdict verdict, HashSet<string> told, IOperationLog log)
    {
        if (verdict.IsReady)
        {
            return;
        }

        log.Status(verdict.Problems.IsEmpty ? verdict.Progress : $"{verdict.Progress}: {verdict.Problems[0]}");
        foreach (var problem in verdict.Problems.Where(told.Add))
        {
            log.Write(LogSeverity.Info, $"not ready yet: {problem}");
        }
    }

    private static string Keeps(PropertyMap left)
    {
        var reasons = left.MapsAt("status", "conditions")
            .Where(condition => left.TextAt("status", "phase") == "Terminating" && condition.TextAt("status") == "True")
            .Select(condition => condition.TextAt("message"))
            .ToList();
        var finalizers = left.At("metadata", "finalizers") is PropertyValue.List list ? string.Join(", ", list.Items.OfType<PropertyValue.Text>().Select(text => text.Value)) : "";
        return reasons.Count > 0 ? string.Join("; ", reasons) : finalizers.Length > 0 ? $"its finalizers: {finalizers}" : "it is being deleted";
    }
}
