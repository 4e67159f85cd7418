namespace Pulumi.Serialization;

/// <summary>A value that is sent as a JSON text of it (<see cref="InputAttribute"/> with <c>json: true</c>).</summary>
internal sealed record JsonText(object Value);
