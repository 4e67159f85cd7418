namespace Pulumi.Command;

/// <summary>Ties a resource class of the package to its type token.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CommandResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Utilities.Version);
