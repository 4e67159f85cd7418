using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A resource to create.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">The checked inputs.</param>
/// <param name="Timeout">The limit that the program set; <see langword="null"/> for the provider's default.</param>
/// <param name="Preview">Whether nothing may happen.</param>
/// <param name="Log">Where output of the operation goes while it runs.</param>
public sealed record CreateRequest(string Urn, string Type, string Name, PropertyMap Inputs, TimeSpan? Timeout, bool Preview, IOperationLog Log);
