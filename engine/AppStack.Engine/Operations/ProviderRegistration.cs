using AppStack.Engine.Model.Providers;

namespace AppStack.Engine.Operations;

/// <summary>A package that programs may use.</summary>
/// <param name="Package">The package's name, for example <c>command</c>.</param>
/// <param name="Version">The version that the provider is compatible with; default providers are named after it.</param>
/// <param name="Create">Makes a provider; called once for each configuration in use.</param>
public sealed record ProviderRegistration(string Package, string Version, Func<IResourceProvider> Create);
