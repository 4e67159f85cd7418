namespace AppStack.Lab.Tests.Platform;

/// <summary>The edge of <c>local</c>; clusters and databases have platforms of their own.</summary>
public sealed class LabPlatform() : PlatformFixture(Name, Text)
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "platform-test";

    /// <summary>Where alerts are posted: this host, in the network of the machines.</summary>
    public static Uri Webhook { get; } = new("http://10.85.0.1:9099/alerts/");

    private static string Text => EdgeOf(File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "environments", "local.yaml")))
        .Replace("name: local", $"name: {Name}", StringComparison.Ordinal)
        .Replace("10.87.", "10.85.", StringComparison.Ordinal)
        .Replace("fd8a:51c0:87:", "fd8a:51c0:85:", StringComparison.Ordinal)
        + $"  receivers:\n    - {{ name: test, webhook: \"{Webhook}\" }}\n";

    /// <summary>Changes the descriptor: the one line of HAProxy's limit of connections.</summary>
    public void ChangeMaxConnections(int value) => Change("maxConnections: 4000", $"maxConnections: {value}");

    // Without the nodes of the clusters `gov`, `main` and `vault`, what leads to them, and the sections between the edge and monitoring.
    private static string EdgeOf(string local)
    {
        var from = local.IndexOf("\nclusters:", StringComparison.Ordinal);
        var to = local.IndexOf("\nmonitoring:", StringComparison.Ordinal);
        string[] others = ["  - { cluster: gov,", "  - { cluster: main,", "  - { cluster: vault,", "    - { name: site,"];
        return string.Join('\n', (local[..from] + local[to..]).Split('\n').Where(line => !others.Any(other => line.StartsWith(other, StringComparison.Ordinal))));
    }
}
