namespace AppStack.Components.Postgres;

/// <summary>A database node of another cluster, as this one sees it.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Address">Address for the other nodes.</param>
public sealed record RepmgrPeerSpec(string Name, string Address);
