using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Options of a resource that a provider manages.</summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public sealed class CustomResourceOptions : ResourceOptions
{
    private List<string>? _additionalSecretOutputs;

    /// <summary>Whether a replacement deletes the old resource first; the provider decides when null.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Outputs to treat as secret besides those that the provider says are.</summary>
    public List<string> AdditionalSecretOutputs
    {
        get => _additionalSecretOutputs ??= [];
        set => _additionalSecretOutputs = value;
    }

    internal List<string>? AdditionalSecretOutputsIfAny => _additionalSecretOutputs;

    /// <summary>The id of an existing resource to take over.</summary>
    public string? ImportId { get; set; }

    /// <summary>New options: those of both, where <paramref name="options2"/> counts for single values and lists are joined.</summary>
    /// <param name="options1">The options with lower priority.</param>
    /// <param name="options2">The options with higher priority.</param>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = (CustomResourceOptions?)options1?.Clone() ?? new CustomResourceOptions();
        if (options2 is not null)
        {
            merged.MergeFrom(options2);
            merged.DeleteBeforeReplace = options2.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
            merged.ImportId = options2.ImportId ?? merged.ImportId;
            Append(ref merged._additionalSecretOutputs, options2._additionalSecretOutputs);
        }

        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var copy = (CustomResourceOptions)base.Clone();
        copy._additionalSecretOutputs = CopyOf(_additionalSecretOutputs);
        return copy;
    }
}
