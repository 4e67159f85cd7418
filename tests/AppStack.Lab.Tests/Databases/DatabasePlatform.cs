using AppStack.Lab.Tests.Platform;

namespace AppStack.Lab.Tests.Databases;

/// <summary>
/// The platform of <c>databases-test.yaml</c>. While it was made, the arguments of all processes on this host, those of the machines among them,
/// were watched.
/// </summary>
public sealed class DatabasePlatform() : PlatformFixture(Name, File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "tests", "AppStack.Lab.Tests", "Databases", $"{Name}.yaml")))
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "databases-test";

    /// <summary>A word among the arguments of the command that made the platform: what was watched must have it.</summary>
    public const string Marker = "first-deployment-of-databases";

    /// <summary>All that the command that made the platform said.</summary>
    public string Output { get; private set; } = "";

    internal ProcessArguments Arguments { get; } = new();

    /// <inheritdoc/>
    protected override async Task BringUpAsync()
    {
        using (Arguments.Watch())
        {
            Output = (await Command.RunAsync("up", Descriptor, "--yes", "--diff", "--message", Marker)).EnsureSuccess().Output;
        }
    }
}
