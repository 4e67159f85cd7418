using System.Globalization;
using AppStack.Cli.Hosting;
using AppStack.Engine.Events;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Operations;
using AppStack.Engine.Providers;
using AppStack.Ssh;
using Pulumi;
using Pulumi.Command.Local;
using Pulumi.Random;

namespace AppStack.Cli.Benchmarks;

/// <summary>
/// <c>appstack sample FOLDER random COUNT</c> and <c>sample FOLDER files COUNT CONTENT</c>: one whole <c>up</c> of a program as large as
/// wanted, in a process of its own. Benchmarks measure it, and crash tests kill it.
/// </summary>
internal static class SampleProgram
{
    /// <summary>The first argument.</summary>
    public const string Verb = "sample";

    /// <summary>The stack's name.</summary>
    public const string Stack = "sample";

    /// <summary>Writes the project that the program belongs to.</summary>
    public static void WriteProject(string folder) => File.WriteAllText(Path.Combine(folder, "Pulumi.yaml"), "name: sample\nruntime: dotnet\n");

    /// <summary>Runs it; afterwards the last line on <paramref name="output"/> is <c>peakMb</c> and the process's peak memory.</summary>
    /// <returns>An exit code of the command.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        Action declare;
        switch (arguments)
        {
            case [_, "random", var count]:
                declare = () => DeclareRandom(int.Parse(count, CultureInfo.InvariantCulture));
                break;
            case [var folder, "files", var count, var content]:
                declare = () => DeclareFiles(Path.Combine(folder, "files"), int.Parse(count, CultureInfo.InvariantCulture), content);
                break;
            default:
                await error.WriteLineAsync($"usage: appstack {Verb} FOLDER (random COUNT | files COUNT CONTENT)");
                return ExitCodes.BadInput;
        }

        await using var ssh = new SshClient();
        var directory = Path.GetFullPath(arguments[0]);
        var workspace = new Workspace(new WorkspaceOptions
        {
            ProjectDirectory = directory,
            BackendUrl = $"file://{directory}",
            Providers = [.. BuiltInPackages.Of(ssh, new BuiltInProviderOptions { WorkingDirectory = directory })],
            Notice = error.WriteLine,
        });
        var result = await workspace.Stack(Stack).UpAsync(
            () => Deployment.RunAsync(declare), new OperationOptions(), happened => WriteErrors(happened, error), CancellationToken.None);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"changes {result.Changes.Where(change => change.Key != StepKind.Same).Sum(change => change.Value)}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"peakMb {PeakMegabytes():0.0}"));
        return result.Succeeded ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void DeclareRandom(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = new RandomId(string.Create(CultureInfo.InvariantCulture, $"id-{i}"), new RandomIdArgs { ByteLength = 8 });
        }
    }

    private static void DeclareFiles(string folder, int count, string content)
    {
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{folder}/file-{i}");
            _ = new Command(string.Create(CultureInfo.InvariantCulture, $"file-{i}"), new CommandArgs
            {
                Create = $"mkdir -p '{folder}' && echo '{content}' > '{name}.new' && mv '{name}.new' '{name}'",
                Update = $"echo '{content}' > '{name}.new' && mv '{name}.new' '{name}'",
                Delete = $"rm -f '{name}' '{name}.new'",
            });
        }
    }

    private static void WriteErrors(EngineEvent happened, TextWriter error)
    {
        if (happened is EngineEvent.Diagnostic { Message: { Severity: LogSeverity.Error or LogSeverity.Warning } message })
        {
            error.WriteLine(message.Message);
        }
    }

    // The kernel counts in KiB.
    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
