namespace Pulumi.Kubernetes.Generator;

/// <summary>A kind, or a type that occurs in kinds.</summary>
internal sealed class ApiType(string name, bool isKind, bool hasInput, bool hasOutput, string[] secrets)
{
    public string Name { get; } = name;

    public bool IsKind { get; } = isKind;

    /// <summary>Whether there is an args class.</summary>
    public bool HasInput { get; } = hasInput;

    /// <summary>Whether there is an output class; kinds have one only where other types contain them.</summary>
    public bool HasOutput { get; } = hasOutput;

    /// <summary>The wire names of the fields that are always secret.</summary>
    public string[] Secrets { get; } = secrets;

    public List<ApiField> Fields { get; } = [];
}
