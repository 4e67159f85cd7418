namespace AppStack.Components.Nodes.Bundles;

/// <summary>A directory with an owner and a mode.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Mode">Four octal digits. Default: <c>0755</c>.</param>
/// <param name="Owner"><c>user:group</c>. Default: <c>root:root</c>.</param>
public sealed record BundleDirectory(string Path, string Mode = "0755", string Owner = "root:root");
