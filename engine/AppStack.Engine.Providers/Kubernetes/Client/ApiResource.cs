namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Where objects of a kind are.</summary>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Plural">The name in paths: <c>deployments</c>.</param>
/// <param name="IsNamespaced">Whether they live in namespaces.</param>
internal sealed record ApiResource(string ApiVersion, string Plural, bool IsNamespaced)
{
    /// <summary>The path of the list, in a namespace where the kind has one.</summary>
    public string List(string space) =>
        $"{(ApiVersion.Contains('/') ? "apis" : "api")}/{ApiVersion}/{(IsNamespaced && space.Length > 0 ? $"namespaces/{Uri.EscapeDataString(space)}/" : "")}{Plural}";

    /// <summary>The path of an object.</summary>
    public string Object(string space, string name) => $"{List(space)}/{Uri.EscapeDataString(name)}";
}
