namespace AppStack.Lab.Tests.Platform;

/// <summary>A platform like <c>local</c>.</summary>
public sealed class LabPlatform() : PlatformFixture(Name, Text)
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "platform-test";

    private static string Text => File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "environments", "local.yaml"))
        .Replace("name: local", $"name: {Name}", StringComparison.Ordinal)
        .Replace("10.87.", "10.85.", StringComparison.Ordinal)
        .Replace("fd8a:51c0:87:", "fd8a:51c0:85:", StringComparison.Ordinal);

    /// <summary>Changes the descriptor: the one line of HAProxy's limit of connections.</summary>
    public void ChangeMaxConnections(int value) => Change("maxConnections: 4000", $"maxConnections: {value}");
}
