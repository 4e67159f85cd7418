namespace AppStack.Components.Nodes.Bundles;

/// <summary>One thing on a node that is not as its manifest says.</summary>
/// <param name="Role">The role whose manifest it is.</param>
/// <param name="Kind"><c>file</c>, <c>content</c>, <c>mode</c>, <c>owner</c>, <c>directory</c>, <c>package</c>, <c>sysctl</c>, <c>unit</c>, <c>unit-file</c> or <c>interrupted</c>.</param>
/// <param name="Name">Path, package, setting or unit.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Actual">What it is.</param>
public sealed record Deviation(string Role, string Kind, string Name, string Expected, string Actual);
