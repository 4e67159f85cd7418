using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Options of a function call that gives an output.</summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public class InvokeOutputOptions : InvokeOptions
{
    private InputList<Resource>? _dependsOn;

    /// <summary>Resources that must be done before the call; the result counts as coming from them.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }
}
