using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>Inputs to validate.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="OldInputs">The inputs it was last made with; <see langword="null"/> for a new resource or a replacement.</param>
/// <param name="NewInputs">The inputs that the program gives.</param>
public sealed record CheckRequest(string Urn, string Type, PropertyMap? OldInputs, PropertyMap NewInputs);
