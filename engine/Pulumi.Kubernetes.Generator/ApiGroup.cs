namespace Pulumi.Kubernetes.Generator;

/// <summary>One table: an API group in one version.</summary>
internal sealed class ApiGroup(string name, string module, string apiVersion)
{
    /// <summary>The last part of the namespaces, for example <c>Core.V1</c>.</summary>
    public string Namespace { get; } = name;

    /// <summary>The middle part of type tokens, for example <c>core/v1</c>.</summary>
    public string Module { get; } = module;

    /// <summary>What manifests say, for example <c>v1</c>.</summary>
    public string ApiVersion { get; } = apiVersion;

    public List<ApiType> Types { get; } = [];
}
