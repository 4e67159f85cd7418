namespace AppStack.Components.Nodes.Bundles;

/// <summary>A Debian package, installed without its recommendations when it is missing or has another version.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The exact version; null: any installed version is right. Default: null.</param>
public sealed record BundlePackage(string Name, string? Version = null);
