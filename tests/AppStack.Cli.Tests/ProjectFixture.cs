using System.Runtime.CompilerServices;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Tests;

/// <summary>A project of its own in a temporary folder, with the environments of the repository.</summary>
public sealed class ProjectFixture : IDisposable
{
    public ProjectFixture()
    {
        Root = Directory.CreateTempSubdirectory("appstack-cli-").FullName;
        Directory.CreateDirectory(Environments);
        File.Copy(Path.Combine(Repository(), "Pulumi.yaml"), Path.Combine(Root, "Pulumi.yaml"));
        foreach (var name in new[] { "local.yaml", "prod.example.yaml" })
        {
            File.Copy(Path.Combine(Repository(), "stacks", "environments", name), Path.Combine(Environments, name));
        }
    }

    public string Root { get; }

    public string Environments => Path.Combine(Root, "stacks", "environments");

    /// <summary>Runs a command line in the project.</summary>
    internal async Task<(int ExitCode, FakeTerminal Terminal)> RunAsync(FakeTerminal terminal, params string[] arguments)
    {
        using var interruption = new Interruption();
        await using var context = new CommandContext(terminal.Terminal, interruption);
        return (await AppStackCommand.RunAsync(["--cwd", Root, .. arguments], context), terminal);
    }

    internal Task<(int ExitCode, FakeTerminal Terminal)> RunAsync(params string[] arguments) => RunAsync(new FakeTerminal(), arguments);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Repository([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
