using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Kubernetes.Readiness;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Validates objects as far as that can be told without asking, gives names to those that have none, and their namespace.</summary>
internal sealed class ObjectChecker(ClusterConnection cluster)
{
    // Kinds that definitions of the same program make, before the API server knows of them.
    private readonly ConcurrentDictionary<(string Group, string Kind), bool> _defined = new();

    public async Task<CheckResult> CheckAsync(CheckRequest request, ObjectKind byType, CancellationToken cancellationToken)
    {
        var inputs = PropertyMap.Of(request.NewInputs.Where(input => input.Value is not PropertyValue.Null));
        var failures = Problems(inputs, byType).ToImmutableArray();
        if (failures.Length > 0 || inputs.Find("metadata") is PropertyValue.Unknown or PropertyValue.Secret { Element: PropertyValue.Unknown })
        {
            return new CheckResult(inputs, failures);
        }

        var kind = ObjectKind.Of(inputs, byType);
        inputs = Named(inputs.With("apiVersion", PropertyValue.Of(kind.ApiVersion)).With("kind", PropertyValue.Of(kind.Kind)), request);
        Remember(inputs, kind);
        if (inputs.At("metadata", "namespace") is null && await IsNamespacedAsync(kind, cancellationToken))
        {
            inputs = inputs.SetAt(PropertyValue.Of(cluster.DefaultNamespace), "metadata", "namespace");
        }

        return CheckResult.Ok(inputs);
    }

    /// <summary>Whether objects of a kind have a namespace. A kind that nobody knows yet is taken to; what it is made of tells in the end.</summary>
    public async Task<bool> IsNamespacedAsync(ObjectKind kind, CancellationToken cancellationToken)
    {
        if (KnownKinds.IsNamespaced(kind) is { } known)
        {
            return known;
        }

        if (_defined.TryGetValue((kind.Group, kind.Kind), out var defined))
        {
            return defined;
        }

        try
        {
            return (await cluster.FindAsync(kind, patient: false, cancellationToken))?.IsNamespaced ?? true;
        }
        catch (UnreachableException)
        {
            return true;
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw ApiFailure.Describe(exception, PropertyMap.Empty);
        }
    }

    private static IEnumerable<CheckFailure> Problems(PropertyMap inputs, ObjectKind byType)
    {
        foreach (var (name, expected) in new[] { ("apiVersion", byType.ApiVersion), ("kind", byType.Kind) })
        {
            if (inputs.At(name) is { } value and not PropertyValue.Unknown && (value as PropertyValue.Text)?.Value != expected)
            {
                yield return new CheckFailure(name, $"must be {expected}, as the resource's type says");
            }
        }

        if (byType.Kind.EndsWith("List", StringComparison.Ordinal) && KnownKinds.IsNamespaced(byType) is not null)
        {
            yield return new CheckFailure("kind", "is a list; declare its elements instead");
        }

        if (byType.Kind.EndsWith("Patch", StringComparison.Ordinal) && KnownKinds.IsNamespaced(byType) is not null)
        {
            yield return new CheckFailure("kind", "is a patch of an object that others manage, which the embedded engine does not have; declare the object, with ignoreChanges for what others own");
        }

        if (inputs.At("metadata") is { } metadata and not (PropertyValue.Map or PropertyValue.Unknown))
        {
            yield return new CheckFailure("metadata", "must be an object");
        }

        if (inputs.At("metadata", "generateName") is not null && inputs.At("metadata", "name") is null)
        {
            yield return new CheckFailure("metadata.generateName", "cannot be used with server-side apply; leave the name out, then the object gets one that begins with the resource's name");
        }

        foreach (var name in new[] { "name", "namespace" })
        {
            if (inputs.At("metadata", name) is { } value and not PropertyValue.Unknown && value is not PropertyValue.Text { Value.Length: > 0 })
            {
                yield return new CheckFailure($"metadata.{name}", "must be a text that is not empty");
            }
        }

        foreach (var name in new[] { "labels", "annotations" })
        {
            foreach (var (key, value) in inputs.MapAt("metadata", name))
            {
                if (value.WithoutSecrets() is not (PropertyValue.Text or PropertyValue.Unknown or PropertyValue.Null))
                {
                    yield return new CheckFailure($"metadata.{name}[\"{key}\"]", "must be a text: put it in quotes");
                }
            }
        }

        if (inputs.IsAnnotated("pulumi.com/replaceUnready"))
        {
            yield return new CheckFailure("metadata.annotations", "pulumi.com/replaceUnready is not supported; replace the object with `up --replace`");
        }

        if (ProblemOfWaiting(inputs, byType) is { } problem)
        {
            yield return new CheckFailure("metadata.annotations", problem);
        }
    }

    private static string? ProblemOfWaiting(PropertyMap inputs, ObjectKind kind)
    {
        if (inputs.Annotation(Manifest.TimeoutSeconds) is { } seconds && !(int.TryParse(seconds, out var number) && number > 0))
        {
            return $"{Manifest.TimeoutSeconds}: must be a whole number of seconds, not '{seconds}'";
        }

        try
        {
            _ = ReadinessRules.Of(inputs, kind, awaitAll: false);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    // As officially: the resource's name, a dash and 8 hexadecimal digits. An object keeps the name that it was given.
    private static PropertyMap Named(PropertyMap inputs, CheckRequest request)
    {
        if (inputs.At("metadata", "name") is not null)
        {
            return inputs;
        }

        var name = request.OldInputs is { } old && old.IsAnnotated(Manifest.Autonamed) ? old.Name() : null;
        name ??= $"{request.Urn[(request.Urn.LastIndexOf("::", StringComparison.Ordinal) + 2)..]}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        return inputs.SetAt(PropertyValue.Of(name), "metadata", "name").SetAt(PropertyValue.Of("true"), "metadata", "annotations", Manifest.Autonamed);
    }

    private void Remember(PropertyMap inputs, ObjectKind kind)
    {
        if (kind is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" }
            && inputs.TextAt("spec", "group") is { } group
            && inputs.TextAt("spec", "names", "kind") is { } defined
            && inputs.TextAt("spec", "scope") is { } scope)
        {
            _defined[(group, defined)] = scope == "Namespaced";
        }
    }
}
