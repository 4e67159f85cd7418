using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>An updated resource.</summary>
/// <param name="Outputs">Its outputs.</param>
public sealed record UpdateResult(PropertyMap Outputs);
