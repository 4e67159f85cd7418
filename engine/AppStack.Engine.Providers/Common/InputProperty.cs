namespace AppStack.Engine.Providers.Common;

/// <summary>One input of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Replaces">Whether a change of it replaces the resource.</param>
internal sealed record InputProperty(string Name, InputKind Kind, bool Required = false, bool Replaces = false);
