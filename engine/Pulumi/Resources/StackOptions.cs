using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Options of a stack.</summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public class StackOptions
{
    /// <summary>Functions that may change arguments and options of every resource.</summary>
    public List<ResourceTransformation> ResourceTransformations { get; set; } = [];

    /// <summary>Like <see cref="ResourceTransformations"/>, with the arguments as plain values, after they are all known.</summary>
    public List<ResourceTransform> ResourceTransforms { get; set; } = [];
}
