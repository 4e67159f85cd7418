using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Reads objects: for a refresh what of them the inputs name, for an import all that can be an input.</summary>
internal sealed class ObjectReader(ClusterConnection cluster)
{
    public async Task<ReadResult> ReadAsync(ReadRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var (space, name) = Manifest.ParseId(request.Id);
        var kind = ObjectKind.Of(request.Inputs, ObjectKind.Of(request.State, byType));
        PropertyMap live;
        try
        {
            if (await cluster.FindAsync(kind, patient: true, cancellationToken) is not { } resource)
            {
                return ReadResult.Gone;
            }

            if (resource.IsNamespaced && space.Length == 0)
            {
                space = cluster.DefaultNamespace;
            }

            live = (await cluster.Api.GetAsync(resource.Object(space, name), patient: true, cancellationToken)).Body;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return ReadResult.Gone;
        }
        catch (Exception exception) when (ApiFailure.Forgets(exception, cluster.Settings))
        {
            request.Log.Write(LogSeverity.Warning, ApiFailure.Forgotten(exception));
            return ReadResult.Gone;
        }
        catch (UnreachableException exception) when (cluster.Settings.SkipUpdateUnreachable && request.State.Count > 0)
        {
            request.Log.Write(LogSeverity.Warning, $"{exception.Message} What the state says is kept, because skipUpdateUnreachable is set.");
            return new ReadResult(request.Id, request.State, request.Inputs);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw ApiFailure.Describe(exception, request.Inputs);
        }

        var former = request.Inputs;
        var inputs = former.Count == 0 ? LiveInputs.All(live) : LiveInputs.Prune(live, former);
        inputs = Checkpoint.MarkSecrets(inputs, former);
        var outputs = Checkpoint.Of(inputs, live, request.State, Checkpoint.FieldManager(request.Urn, inputs, request.State));
        return new ReadResult(request.Id.Length > 0 ? request.Id : live.Id(), outputs, inputs);
    }
}
