namespace Pulumi.Kubernetes.Generator;

/// <summary>A field of a type.</summary>
internal sealed class ApiField(string wire, string name, FieldType type, bool isRequired, bool hasInput, bool hasOutput)
{
    /// <summary>The name in manifests.</summary>
    public string Wire { get; } = wire;

    /// <summary>The name in C#.</summary>
    public string Name { get; } = name;

    public FieldType Type { get; } = type;

    public bool IsRequired { get; } = isRequired;

    public bool HasInput { get; } = hasInput;

    public bool HasOutput { get; } = hasOutput;
}
