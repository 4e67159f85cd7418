using System.Diagnostics;
using AppStack.Components.Lab;
using AppStack.Operations;
using AppStack.Ssh;
using AppStack.Stacks.Environments;

namespace AppStack.Lab.Tests.Platform;

/// <summary>
/// A platform in a lab of its own, brought up once by the real command and shared by the tests of a collection. Each test leaves it whole.
/// </summary>
public abstract class PlatformFixture : IAsyncLifetime
{
    private readonly string _name;
    private readonly string _folder;

    /// <summary>Makes the platform's folder; the platform itself is made by <see cref="InitializeAsync"/>.</summary>
    /// <param name="name">The name of the environment and of its lab.</param>
    /// <param name="original">The descriptor.</param>
    protected PlatformFixture(string name, string original)
    {
        _name = name;
        _folder = Directory.CreateTempSubdirectory($"appstack-{name}-").FullName;
        Original = original;
        Control = new(name);
        Command = new(_folder);
    }

    /// <summary>The folder of the backend and of the descriptor.</summary>
    public string Folder => _folder;

    /// <summary>The descriptor's path.</summary>
    public string Descriptor => Path.Combine(_folder, $"{_name}.yaml");

    /// <summary>The folder of the stack's locks.</summary>
    public string Locks => Path.Combine(_folder, ".pulumi", "locks", "organization", "appstack", _name);

    /// <summary>The environment as it is described now.</summary>
    public EnvironmentSpec Environment => EnvironmentReader.ReadFile(Descriptor);

    internal AppStackCommand Command { get; }

    internal LabControl Control { get; }

    internal SshClient Ssh { get; } = new();

    /// <summary>The descriptor as it is at first.</summary>
    protected string Original { get; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!System.Environment.IsPrivilegedProcess)
        {
            return;
        }

        await Control.RemoveAsync();
        Restore();
        await BringUpAsync();
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

    /// <summary>Changes the descriptor as it was at first.</summary>
    /// <param name="from">A text in it.</param>
    /// <param name="to">What stands there instead.</param>
    /// <param name="more">Further changes.</param>
    public void Change(string from, string to, params (string From, string To)[] more)
    {
        var text = Original;
        foreach (var (old, wanted) in more.Prepend((from, to)))
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, wanted, StringComparison.Ordinal);
        }

        File.WriteAllText(Descriptor, text);
    }

    /// <summary>Puts the descriptor back.</summary>
    public void Restore() => File.WriteAllText(Descriptor, Original);

    /// <summary>Waits until something is so; for what nobody announces.</summary>
    internal async Task UntilAsync(Func<Task<bool>> test)
    {
        var deadline = Stopwatch.StartNew();
        while (!await test())
        {
            // What watches a cluster needs half a minute for a pod, and longer while it still waits for answers of a node that has gone.
            Assert.True(deadline.Elapsed < TimeSpan.FromMinutes(2), "It did not happen within 2 minutes.");
        }
    }

    internal Task<CommandResult> UpAsync() => Command.RunAsync("up", Descriptor, "--yes", "--json");

    internal Task<CommandResult> VerifyAsync() => Command.RunAsync("verify", Descriptor, "--json");

    /// <summary>Waits until everything is as it should be: BGP, and a standby that follows another leader, need a moment.</summary>
    internal async Task WholeAsync()
    {
        var deadline = Stopwatch.StartNew();
        CommandResult result;
        do
        {
            result = await VerifyAsync();
        }
        while (result.ExitCode != 0 && deadline.Elapsed < TimeSpan.FromSeconds(30));

        result.EnsureSuccess();
    }

    /// <summary>Runs a command on a node as the operations do.</summary>
    internal async Task<string> OnNodeAsync(string node, string command)
    {
        var result = await Ssh.RunAsync(NodeEndpoints.For(Environment)[node], command);
        return result.EnsureSuccess(command).Stdout.Trim();
    }

    /// <summary>Makes the platform.</summary>
    protected virtual async Task BringUpAsync() => (await Command.RunAsync("up", Descriptor, "--yes")).EnsureSuccess();
}
