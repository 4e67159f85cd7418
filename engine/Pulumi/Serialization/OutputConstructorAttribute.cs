namespace Pulumi;

/// <summary>Marks the constructor that makes an <see cref="OutputTypeAttribute">output type</see>; its parameters take the members by name.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;
