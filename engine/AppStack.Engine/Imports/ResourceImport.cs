using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Imports;

/// <summary>One resource to take over, with every name resolved.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Name">The name in its URN.</param>
/// <param name="Id">The id under which the provider finds it; empty for components and providers.</param>
/// <param name="Parent">The parent's URN; <see langword="null"/> for a provider without one.</param>
/// <param name="Provider">The provider's URN; <see langword="null"/> for the default provider.</param>
/// <param name="Version">The version of the default provider; empty for the built-in one.</param>
/// <param name="Component">Whether it is a component.</param>
/// <param name="Inputs">Inputs that the provider cannot read.</param>
/// <param name="Outputs">All outputs; with them the provider is not asked.</param>
internal sealed record ResourceImport(
    string Urn, string Type, string Name, string Id, string? Parent, string? Provider, string Version, bool Component, PropertyMap? Inputs, PropertyMap? Outputs);
