namespace AppStack.Lab.Tests.Platform;

/// <summary>The environment <c>edge</c> under another name; clusters and databases have platforms of their own.</summary>
public sealed class LabPlatform() : PlatformFixture(Name, Text)
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "platform-test";

    /// <summary>Where alerts are posted: this host, in the network of the machines.</summary>
    public static Uri Webhook { get; } = new("http://10.85.0.1:9099/alerts/");

    private static string Text => File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "environments", "edge.yaml"))
        .Replace("name: edge", $"name: {Name}", StringComparison.Ordinal)
        .Replace("10.81.", "10.85.", StringComparison.Ordinal)
        .Replace("fd8a:51c0:81:", "fd8a:51c0:85:", StringComparison.Ordinal)
        + $"  receivers:\n    - {{ name: test, webhook: \"{Webhook}\" }}\n";

    /// <summary>Changes the descriptor: the one line of HAProxy's limit of connections.</summary>
    public void ChangeMaxConnections(int value) => Change("maxConnections: 4000", $"maxConnections: {value}");
}
