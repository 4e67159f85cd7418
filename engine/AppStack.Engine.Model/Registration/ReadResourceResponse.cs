using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>A resource that was read.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Outputs">Its outputs, secrets marked.</param>
public sealed record ReadResourceResponse(string Urn, PropertyMap Outputs);
