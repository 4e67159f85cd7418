using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Marks a field or property of an args class that is sent to the engine; private ones count too.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
[SuppressMessage("Design", "CA1019:Define accessors for attribute arguments", Justification = "Pulumi keeps them internal.")]
public sealed class InputAttribute : Attribute
{
    /// <summary>Marks an input.</summary>
    /// <param name="name">Its name for the engine.</param>
    /// <param name="required">Whether it is an error to leave it null.</param>
    /// <param name="json">Whether it is sent as a JSON text of its value.</param>
    public InputAttribute(string name, bool required = false, bool json = false)
    {
        Name = name;
        IsRequired = required;
        Json = json;
    }

    internal string Name { get; }

    internal bool IsRequired { get; }

    internal bool Json { get; }
}
