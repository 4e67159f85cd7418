using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>
/// Tells whether an object changes. Inputs that are the same are no change, and nobody is asked. For others the API server is: it applies
/// them without keeping the result, which shows what defaults and webhooks make of them, and what cannot be changed in place.
/// </summary>
internal sealed class ObjectDiffer(ClusterConnection cluster, ObjectChecker checker)
{
    public async Task<DiffResult> DiffAsync(DiffRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var isNamespaced = await checker.IsNamespacedAsync(ObjectKind.Of(request.NewInputs, byType), cancellationToken);
        var (before, after) = (Canonical(request.OldInputs, isNamespaced), Canonical(request.NewInputs, isNamespaced));
        if (before.Equals(after) && !after.ContainsUnknowns)
        {
            return DiffResult.None;
        }

        var kind = ObjectKind.Of(after, byType);
        var replacing = ReplacingFields.Changed(kind, before, after, cluster.Settings.EnableConfigMapMutable, cluster.Settings.EnableSecretMutable);
        if (replacing.Length > 0)
        {
            return Replacement(before, after, replacing, []);
        }

        return after.ContainsUnknowns || request.IgnoreChanges.Length > 0
            ? new DiffResult { Changes = DiffChanges.Some }
            : await AskAsync(request, kind, before, after, cancellationToken);
    }

    private async Task<DiffResult> AskAsync(DiffRequest request, ObjectKind kind, PropertyMap before, PropertyMap after, CancellationToken cancellationToken)
    {
        try
        {
            if (await cluster.FindAsync(kind, patient: false, cancellationToken) is not { } resource)
            {
                return new DiffResult { Changes = DiffChanges.Some };
            }

            var path = resource.Object(after.Namespace(), after.Name());
            var live = (await cluster.Api.GetAsync(path, patient: false, cancellationToken)).Body;
            var options = new ApplyOptions(Checkpoint.FieldManager(request.Urn, after, request.OldOutputs), PatchForce.Of(after, live, cluster.Settings), DryRun: true);
            var applied = (await cluster.Api.ApplyAsync(path, after, options, patient: false, cancellationToken)).Body;
            return LiveInputs.WithoutServerFields(live).Equals(LiveInputs.WithoutServerFields(applied)) ? DiffResult.None : new DiffResult { Changes = DiffChanges.Some };
        }
        catch (ApiException exception) when (exception.IsImmutable)
        {
            return Replacement(before, after, [.. exception.Causes.Select(cause => FieldName(cause.Field)).Distinct(StringComparer.Ordinal)], ApiFailure.Immutable(exception));
        }
        catch (Exception exception) when (exception is ApiException or UnreachableException)
        {
            // Whatever else is wrong, the update will tell.
            return new DiffResult { Changes = DiffChanges.Some };
        }
        catch (UntrustedServerException exception)
        {
            throw ApiFailure.Describe(exception, after);
        }
    }

    // Two objects cannot have one name: only an object whose name is made up can be replaced before it is deleted.
    private static DiffResult Replacement(PropertyMap before, PropertyMap after, ImmutableArray<string> keys, ImmutableArray<string> reasons) => new()
    {
        Changes = DiffChanges.Some,
        ReplaceKeys = keys,
        Notes = [.. reasons.Select(reason => $"it must be replaced: {reason}")],
        DeleteBeforeReplace = after.At("metadata", "name") is PropertyValue.Text && !after.IsAnnotated(Manifest.Autonamed) && after.Id() == before.Id(),
    };

    // Some validations name fields as Go does.
    private static string FieldName(string field) => field.Length == 0 ? field : char.ToLowerInvariant(field[0]) + field[1..];

    private static PropertyMap Canonical(PropertyMap inputs, bool isNamespaced)
    {
        var plain = inputs.WithoutSecrets();
        return plain.At("metadata") is PropertyValue.Unknown ? plain
            : !isNamespaced ? plain.RemoveAt("metadata", "namespace")
            : plain.At("metadata", "namespace") is null ? plain.SetAt(PropertyValue.Of("default"), "metadata", "namespace")
            : plain;
    }
}
