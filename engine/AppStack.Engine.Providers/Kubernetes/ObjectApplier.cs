using System.Collections.Immutable;
using System.Globalization;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Kubernetes.Readiness;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Applies objects on the server, and waits until they are ready.</summary>
internal sealed class ObjectApplier(ClusterConnection cluster)
{
    // As officially; the time limit of the resource or its annotation changes it.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    // A namespace, or the definition of a kind, may be made at the same moment by a resource that the program does not name as a dependency.
    private static readonly ImmutableArray<TimeSpan> PausesForOthers = [.. new[] { 0.5, 1, 2, 4, 8, 15 }.Select(TimeSpan.FromSeconds)];

    private int _unreachableTold;

    public async Task<CreateResult> CreateAsync(CreateRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var manager = Checkpoint.FieldManager(request.Urn, request.Inputs, outputs: null);
        if (request.Preview)
        {
            return new CreateResult("", await PreviewAsync(request.Inputs, byType, manager, force: true, request.Log, cancellationToken));
        }

        var (id, outputs) = await ApplyAsync(request.Inputs, former: null, byType, manager, [], request.Timeout, request.Log, cancellationToken);
        return new CreateResult(id, outputs);
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var manager = Checkpoint.FieldManager(request.Urn, request.NewInputs, request.OldOutputs);
        if (request.Preview)
        {
            return new UpdateResult(
                request.IgnoreChanges.Length > 0
                    ? request.NewInputs
                    : await PreviewAsync(request.NewInputs, byType, manager, force: false, request.Log, cancellationToken));
        }

        var (_, outputs) = await ApplyAsync(request.NewInputs, request.OldOutputs, byType, manager, request.IgnoreChanges, request.Timeout, request.Log, cancellationToken);
        return new UpdateResult(outputs);
    }

    /// <summary>How long an operation on an object may take.</summary>
    public static TimeSpan TimeoutOf(PropertyMap inputs, TimeSpan? limit) =>
        limit ?? (int.TryParse(inputs.Annotation(Manifest.TimeoutSeconds), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : DefaultTimeout);

    /// <summary>What applying would give. Where that cannot be told, the inputs.</summary>
    private async Task<PropertyMap> PreviewAsync(PropertyMap inputs, ObjectKind byType, string manager, bool force, IOperationLog log, CancellationToken cancellationToken)
    {
        if (inputs.ContainsUnknowns)
        {
            return inputs;
        }

        var manifest = inputs.WithoutSecrets();
        try
        {
            if (await cluster.FindAsync(ObjectKind.Of(manifest, byType), patient: false, cancellationToken) is not { } resource)
            {
                return inputs;
            }

            var path = resource.Object(manifest.Namespace(), manifest.Name());
            var options = new ApplyOptions(manager, force || PatchForce.Of(manifest, live: null, cluster.Settings), DryRun: true);
            var response = await cluster.Api.ApplyAsync(path, manifest, options, patient: false, cancellationToken);
            Warn(response, log);

            // The status is what controllers will make of it: nobody knows yet.
            return Checkpoint.Of(inputs, response.Body.Without("status"), former: null, manager);
        }
        catch (UnreachableException exception)
        {
            if (Interlocked.Exchange(ref _unreachableTold, 1) == 0)
            {
                log.Write(LogSeverity.Warning, $"{exception.Message} What the cluster would make of the objects is not known in this preview.");
            }

            return inputs;
        }
        catch (ApiException exception) when (exception.IsForbidden || exception.IsNotFound || exception.IsImmutable || exception.IsWebhookDown || SaysNoToDryRuns(exception))
        {
            // The namespace is made by the same program, the object is replaced, or the permission is only for the real thing.
            if (exception.IsWebhookDown)
            {
                log.Write(LogSeverity.Warning, ApiFailure.Describe(exception, inputs).Message);
            }

            return inputs;
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw ApiFailure.Describe(exception, inputs);
        }
    }

    private async Task<(string Id, PropertyMap Outputs)> ApplyAsync(
        PropertyMap inputs,
        PropertyMap? former,
        ObjectKind byType,
        string manager,
        ImmutableArray<string> ignored,
        TimeSpan? limit,
        IOperationLog log,
        CancellationToken cancellationToken)
    {
        var manifest = inputs.WithoutSecrets();
        var kind = ObjectKind.Of(manifest, byType);
        ApiResource resource;
        ApiResponse response;
        try
        {
            (resource, response) = await SendAsync(manifest, former, kind, manager, ignored, log, cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw ApiFailure.Describe(exception, inputs);
        }

        Warn(response, log);
        if (kind is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" })
        {
            foreach (var version in manifest.MapsAt("spec", "versions"))
            {
                cluster.Forget($"{manifest.TextAt("spec", "group")}/{version.TextAt("name")}");
            }
        }

        var live = response.Body;
        if (ReadinessRules.Of(manifest, kind, Environment.GetEnvironmentVariable("PULUMI_K8S_AWAIT_ALL") is "true" or "1") is { } rule)
        {
            (live, var reasons) = await cluster.Waiter.ReadyAsync(resource, live, rule, TimeoutOf(manifest, limit), log, cancellationToken);
            if (reasons.Length > 0)
            {
                var secrets = SecretTexts.In(inputs);
                throw ProviderException.Partial(live.Id(), Checkpoint.Of(inputs, live, former, manager), [.. reasons.Select(secrets.MaskIn)]);
            }
        }

        return (live.Id(), Checkpoint.Of(inputs, live, former, manager));
    }

    private async Task<(ApiResource Resource, ApiResponse Response)> SendAsync(
        PropertyMap manifest, PropertyMap? former, ObjectKind kind, string manager, ImmutableArray<string> ignored, IOperationLog log, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var pause = attempt < PausesForOthers.Length ? PausesForOthers[attempt] : (TimeSpan?)null;
            if (await cluster.FindAsync(kind, patient: true, cancellationToken) is not { } resource)
            {
                cluster.Forget(kind.ApiVersion);
                if (pause is null)
                {
                    throw new ProviderException(
                        $"the API server has no kind {kind.Kind} in {kind.ApiVersion}. Is its CustomResourceDefinition in the program, with dependsOn, or is the version not served by this cluster?");
                }

                log.Status($"waiting until the API server knows the kind {kind.Kind} of {kind.ApiVersion}");
                await Task.Delay(pause.Value, cluster.Time, cancellationToken);
                continue;
            }

            try
            {
                var whole = resource.IsNamespaced ? manifest : manifest.RemoveAt("metadata", "namespace");
                var path = resource.Object(whole.Namespace(), whole.Name());
                PropertyMap? live = null;
                if (former is not null && ignored.Length > 0)
                {
                    live = (await cluster.Api.GetAsync(path, patient: true, cancellationToken)).Body;
                    whole = LeaveOut(whole, live, manager, ignored);
                }

                var options = new ApplyOptions(manager, PatchForce.Of(whole, live, cluster.Settings), DryRun: false);
                return (resource, await cluster.Api.ApplyAsync(path, whole, options, patient: true, cancellationToken));
            }
            catch (ApiException exception) when (exception.IsNamespaceMissing && pause is not null)
            {
                log.Status($"waiting until the namespace {manifest.Namespace()} exists");
                await Task.Delay(pause.Value, cluster.Time, cancellationToken);
            }
        }
    }

    // What is ignored stays as it is: what others own is not spoken of, so that no conflict arises; what this manager owns is given again.
    private static PropertyMap LeaveOut(PropertyMap manifest, PropertyMap live, string manager, ImmutableArray<string> ignored)
    {
        foreach (var path in ignored.Select(path => path.Split('.')).Where(path => !path.Any(part => part.Contains('['))))
        {
            if (ManagedFields.OthersOwn(live, manager, path) && !ManagedFields.Owns(live, manager, path))
            {
                manifest = manifest.RemoveAt(path);
            }
            else if (live.At(path) is { } value)
            {
                manifest = manifest.SetAt(value, path);
            }
        }

        return manifest;
    }

    private static bool SaysNoToDryRuns(ApiException exception) => exception.Message.Contains("does not support dry run", StringComparison.Ordinal);

    private void Warn(ApiResponse response, IOperationLog log)
    {
        if (!cluster.Settings.SuppressDeprecationWarnings)
        {
            foreach (var warning in response.Warnings)
            {
                log.Write(LogSeverity.Warning, warning);
            }
        }
    }
}
