namespace Pulumi;

/// <summary>Marks a class that outputs may hold; it is made with its <see cref="OutputConstructorAttribute">marked</see> or only constructor.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;
