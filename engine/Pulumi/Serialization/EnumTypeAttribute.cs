namespace Pulumi;

/// <summary>Marks a struct that wraps one of a set of texts or numbers; it converts explicitly to <see cref="string"/> or <see cref="double"/>.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute;
