namespace AppStack.Components.Nodes.Bundles;

/// <summary>A system user with a group of the same name.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Home">The home directory; it is not created. Default: <c>/nonexistent</c>.</param>
/// <param name="Shell">The login shell. Default: <c>/usr/sbin/nologin</c>.</param>
public sealed record BundleUser(string Name, string Home = "/nonexistent", string Shell = "/usr/sbin/nologin");
