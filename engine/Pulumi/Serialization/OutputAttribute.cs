namespace Pulumi;

/// <summary>Marks a property that a resource gives: filled by the engine for custom resources, exported for components and stacks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>Marks an output.</summary>
    /// <param name="name">Its name for the engine; the property's own name when null.</param>
    public OutputAttribute(string? name = null) => Name = name;

    /// <summary>Its name for the engine; the property's own name when null.</summary>
    public string? Name { get; }
}
