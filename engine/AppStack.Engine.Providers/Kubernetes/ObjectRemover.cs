using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Deletes objects, and waits until they are gone.</summary>
internal sealed class ObjectRemover(ClusterConnection cluster)
{
    public async Task DeleteAsync(DeleteRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var (space, name) = Manifest.ParseId(request.Id);
        var inputs = request.OldInputs.WithoutSecrets();
        var kind = ObjectKind.Of(request.OldOutputs, byType);
        try
        {
            // A kind that is gone took its objects with it.
            if (await cluster.FindAsync(kind, patient: true, cancellationToken) is not { } resource)
            {
                return;
            }

            var answer = (await cluster.Api.DeleteAsync(resource.Object(space, name), Propagation(inputs, kind), cancellationToken)).Body;
            if (answer.TextAt("kind") == "Status")
            {
                // The object itself would be the answer if it were still there.
                return;
            }

            var timeout = ObjectApplier.TimeoutOf(inputs, request.Timeout);
            var deleted = PropertyMap.Empty.With("metadata", PropertyValue.Of(PropertyMap.Of(
                ("name", PropertyValue.Of(name)),
                ("namespace", PropertyValue.Of(space)),
                ("uid", PropertyValue.Of(answer.TextAt("metadata", "uid"))))));
            if (!SkipsWaiting(inputs) && await cluster.Waiter.GoneAsync(resource, deleted, timeout, request.Log, cancellationToken) is { } keeps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new ProviderException($"it was told to go, but is still there after {timeout.TotalSeconds:0} s; what keeps it: {keeps}");
            }
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // Gone already.
        }
        catch (Exception exception) when (ApiFailure.Forgets(exception, cluster.Settings))
        {
            request.Log.Write(LogSeverity.Warning, ApiFailure.Forgotten(exception));
        }
        catch (UnreachableException exception)
        {
            throw new ProviderException(
                $"{exception.Message} If the cluster does not exist any more, set PULUMI_K8S_DELETE_UNREACHABLE=true, or deleteUnreachable of the provider, and run it again.", exception);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw ApiFailure.Describe(exception, request.OldInputs);
        }
    }

    // Foreground by default, as officially, except for what never has dependents: the garbage collector would look for some, a few objects a second.
    private static string Propagation(PropertyMap inputs, ObjectKind kind) => inputs.Annotation(Manifest.DeletionPropagation)?.ToUpperInvariant() switch
    {
        "ORPHAN" => "Orphan",
        "BACKGROUND" => "Background",
        null when KnownKinds.OwnsNothing(kind) => "Background",
        _ => "Foreground",
    };

    // As officially: for these kinds the annotation speaks of deletions too.
    private static bool SkipsWaiting(PropertyMap inputs) =>
        inputs.IsAnnotated(Manifest.SkipAwait) && inputs.TextAt("kind") is ("Namespace" or "Pod" or "DaemonSet" or "Deployment" or "StatefulSet" or "Job");
}
