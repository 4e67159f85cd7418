using System.Runtime.CompilerServices;
using AppStack.Cli.Hosting;
using AppStack.Infra;

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

        // The environments' databases have migrations.
        foreach (var migration in Directory.EnumerateFiles(Path.Combine(Repository(), "samples", "dilosi", "migrations")))
        {
            var copy = Path.Combine(Root, Path.GetRelativePath(Repository(), migration));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(migration, copy);
        }
    }

    public string Root { get; }

    public string Environments => Path.Combine(Root, "stacks", "environments");

    /// <summary>The program of the project's stacks.</summary>
    internal Func<Task<int>> Program { get; set; } = PlatformProgram.RunAsync;

    /// <summary>Runs a command line in the project.</summary>
    internal async Task<(int ExitCode, FakeTerminal Terminal)> RunAsync(FakeTerminal terminal, params string[] arguments)
    {
        using var interruption = new Interruption();
        await using var context = new CommandContext(terminal.Terminal, interruption) { Program = Program };
        return (await AppStackCommand.RunAsync(["--cwd", Root, .. arguments], context), terminal);
    }

    internal Task<(int ExitCode, FakeTerminal Terminal)> RunAsync(params string[] arguments) => RunAsync(new FakeTerminal(), arguments);

    /// <summary>Runs a command line that is expected to succeed.</summary>
    internal async Task<FakeTerminal> OkAsync(params string[] arguments)
    {
        var (exitCode, terminal) = await RunAsync(arguments);
        Assert.True(exitCode == ExitCodes.Done, $"{string.Join(' ', arguments)}: {terminal.Error}{terminal.Out}");
        return terminal;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Repository([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
