using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>A function call.</summary>
/// <param name="Token">The function's token.</param>
/// <param name="Arguments">The arguments; never unknown.</param>
/// <param name="Provider">The provider's reference; <see langword="null"/> for the default one.</param>
/// <param name="Version">The provider package's version.</param>
public sealed record InvokeRequest(string Token, PropertyMap Arguments, string? Provider = null, string? Version = null);
