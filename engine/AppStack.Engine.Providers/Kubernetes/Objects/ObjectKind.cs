using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>A kind of objects, as manifests name it.</summary>
/// <param name="ApiVersion">Group and version: <c>v1</c>, <c>apps/v1</c>.</param>
/// <param name="Kind">The kind: <c>Deployment</c>.</param>
internal sealed record ObjectKind(string ApiVersion, string Kind)
{
    /// <summary>The group; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? ApiVersion[..end] : "";

    /// <summary>The kind that a type token stands for; <see langword="null"/> when it stands for none (<c>kubernetes:helm.sh/v3:Release</c>).</summary>
    public static ObjectKind? OfType(string type) => type.Split(':') switch
    {
        [_, "core/v1", var kind] => new ObjectKind("v1", kind),
        [_, var version, var kind] when !version.StartsWith("helm.sh/", StringComparison.Ordinal) && !version.StartsWith("yaml", StringComparison.Ordinal) => new ObjectKind(version, kind),
        _ => null,
    };

    /// <summary>The kind of an object; what it does not say itself follows from the type token.</summary>
    public static ObjectKind Of(PropertyMap manifest, ObjectKind byType) =>
        new(manifest.TextAt("apiVersion") ?? byType.ApiVersion, manifest.TextAt("kind") ?? byType.Kind);

    /// <inheritdoc/>
    public override string ToString() => $"{ApiVersion}/{Kind}";
}
