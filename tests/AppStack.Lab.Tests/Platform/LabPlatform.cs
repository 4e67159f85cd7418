namespace AppStack.Lab.Tests.Platform;

/// <summary>The edge of <c>local</c>; clusters and databases have platforms of their own.</summary>
public sealed class LabPlatform() : PlatformFixture(Name, Text)
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "platform-test";

    private static string Text => EdgeOf(File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "environments", "local.yaml")))
        .Replace("name: local", $"name: {Name}", StringComparison.Ordinal)
        .Replace("10.87.", "10.85.", StringComparison.Ordinal)
        .Replace("fd8a:51c0:87:", "fd8a:51c0:85:", StringComparison.Ordinal);

    /// <summary>Changes the descriptor: the one line of HAProxy's limit of connections.</summary>
    public void ChangeMaxConnections(int value) => Change("maxConnections: 4000", $"maxConnections: {value}");

    // Without the nodes of the clusters `gov` and `main`, and the last sections.
    private static string EdgeOf(string local) =>
        string.Join('\n', local[..(local.IndexOf("\nclusters:", StringComparison.Ordinal) + 1)].Split('\n').Where(line => !line.StartsWith("  - { cluster: main,", StringComparison.Ordinal) && !line.StartsWith("  - { cluster: gov,", StringComparison.Ordinal)));
}
