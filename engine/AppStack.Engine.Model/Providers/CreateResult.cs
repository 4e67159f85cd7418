using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A created resource.</summary>
/// <param name="Id">Its id; empty in a preview.</param>
/// <param name="Outputs">Its outputs.</param>
public sealed record CreateResult(string Id, PropertyMap Outputs);
