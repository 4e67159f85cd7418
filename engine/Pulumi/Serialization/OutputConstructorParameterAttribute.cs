namespace Pulumi;

/// <summary>Gives the name of the member that a parameter of an <see cref="OutputConstructorAttribute">output constructor</see> takes.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute : Attribute
{
    /// <summary>Names the member.</summary>
    /// <param name="name">The member's name.</param>
    public OutputConstructorParameterAttribute(string name) => Name = name;

    /// <summary>The member's name.</summary>
    public string Name { get; }
}
