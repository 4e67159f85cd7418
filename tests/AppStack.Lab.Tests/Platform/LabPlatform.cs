using AppStack.Components.Lab;
using AppStack.Operations;
using AppStack.Ssh;
using AppStack.Stacks.Environments;

namespace AppStack.Lab.Tests.Platform;

/// <summary>
/// A platform like <c>local</c> in a lab of its own, brought up once by the real command and shared by the tests of the collection. Each test
/// leaves it whole.
/// </summary>
public sealed class LabPlatform : IAsyncLifetime
{
    /// <summary>The name of the environment and of its lab.</summary>
    public const string Name = "platform-test";

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-platform-test-").FullName;
    private readonly string _original = File.ReadAllText(Path.Combine(AppStackCommand.RepositoryRoot, "stacks", "environments", "local.yaml"))
        .Replace("name: local", $"name: {Name}", StringComparison.Ordinal)
        .Replace("10.87.", "10.85.", StringComparison.Ordinal)
        .Replace("fd8a:51c0:87:", "fd8a:51c0:85:", StringComparison.Ordinal);

    internal AppStackCommand Command { get; }

    internal LabControl Control { get; } = new(Name);

    internal SshClient Ssh { get; } = new();

    /// <summary>The descriptor's path.</summary>
    public string Descriptor => Path.Combine(_folder, $"{Name}.yaml");

    /// <summary>The folder of the stack's locks.</summary>
    public string Locks => Path.Combine(_folder, ".pulumi", "locks", "organization", "appstack", Name);

    /// <summary>Makes the platform's folder; the platform itself is made by <see cref="InitializeAsync"/>.</summary>
    public LabPlatform() => Command = new AppStackCommand(_folder);

    /// <summary>The environment as it is described now.</summary>
    public EnvironmentSpec Environment => EnvironmentReader.ReadFile(Descriptor);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!System.Environment.IsPrivilegedProcess)
        {
            return;
        }

        await Control.RemoveAsync();
        Restore();
        (await Command.RunAsync("up", Descriptor, "--yes")).EnsureSuccess();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Ssh.DisposeAsync();
        if (System.Environment.IsPrivilegedProcess)
        {
            await Control.RemoveAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Changes the descriptor: the one line of HAProxy's limit of connections.</summary>
    public void ChangeMaxConnections(int value) =>
        File.WriteAllText(Descriptor, _original.Replace("maxConnections: 4000", $"maxConnections: {value}", StringComparison.Ordinal));

    /// <summary>Puts the descriptor back.</summary>
    public void Restore() => File.WriteAllText(Descriptor, _original);

    internal Task<CommandResult> UpAsync() => Command.RunAsync("up", Descriptor, "--yes", "--json");

    internal async Task<CommandResult> VerifyAsync() => await Command.RunAsync("verify", Descriptor, "--json");

    /// <summary>Runs a command on a node as the operations do.</summary>
    internal async Task<string> OnNodeAsync(string node, string command)
    {
        var result = await Ssh.RunAsync(NodeEndpoints.For(Environment)[node], command);
        return result.EnsureSuccess(command).Stdout.Trim();
    }
}
