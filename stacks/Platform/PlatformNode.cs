namespace AppStack.Stacks;

/// <summary>A node on the platform's map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Runs">What runs on it.</param>
/// <param name="Place">Site and rack.</param>
/// <param name="Addresses">Its addresses.</param>
public sealed record PlatformNode(string Name, string Runs, string Place, string Addresses);
