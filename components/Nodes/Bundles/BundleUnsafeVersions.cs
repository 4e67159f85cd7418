namespace AppStack.Components.Nodes.Bundles;

/// <summary>
/// Versions of one of the bundle's packages that are known to be unsafe. The node judges by them, before it changes anything: the version that the bundle names,
/// else the one that is installed, else the one that apt would install.
/// </summary>
/// <param name="Package">The package's name; one of the bundle's.</param>
/// <param name="From">The first version that is meant, in dpkg's order; null: all that are older than <paramref name="Below"/>.</param>
/// <param name="Below">The first version that is not meant.</param>
/// <param name="Message">What is wrong with them, what would be right and how to bring it about; one line.</param>
/// <param name="Refused">Whether the node refuses the bundle; otherwise it only warns.</param>
public sealed record BundleUnsafeVersions(string Package, string? From, string Below, string Message, bool Refused);
