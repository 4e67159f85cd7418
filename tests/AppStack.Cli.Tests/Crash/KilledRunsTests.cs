using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AppStack.Cli.Benchmarks;
using AppStack.Cli.Hosting;
using AppStack.Engine.Operations;
using AppStack.Engine.Providers;
using AppStack.Ssh;
using Xunit.Abstractions;

namespace AppStack.Cli.Tests.Crash;

/// <summary>The real command with real processes and files, killed at random moments. A failure names the seed; <c>APPSTACK_SEED</c> sets it.</summary>
public sealed class KilledRunsTests(ITestOutputHelper output)
{
    private const int Folders = 3;
    private const int KillsPerFolder = 100;

    // How often a run may end without being killed, and the next one has to find nothing to do.
    private const int KillsPerCheck = 10;

    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Whenever_the_command_is_killed_no_file_is_forgotten_and_the_next_up_converges()
    {
        var seed = Environment.GetEnvironmentVariable("APPSTACK_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"APPSTACK_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        var killed = await Task.WhenAll(Enumerable.Range(0, Folders).Select(folder => KillAsync(new Random(seed + folder))));
        Assert.All(killed, kills => Assert.Equal(KillsPerFolder, kills));
    }

    private static async Task<int> KillAsync(Random random)
    {
        var folder = Directory.CreateTempSubdirectory("appstack-killed-").FullName;
        try
        {
            SampleProgram.WriteProject(folder);
            Directory.CreateDirectory(Path.Combine(folder, "files"));
            var start = Stopwatch.GetTimestamp();
            await CompleteAsync(folder, count: 8, content: "first");
            var whole = Stopwatch.GetElapsedTime(start);
            var kills = 0;
            for (var run = 1; kills < KillsPerFolder; run++)
            {
                var (count, content) = (random.Next(3, 12), run.ToString(CultureInfo.InvariantCulture));
                if (!await RunAsync(folder, count, content, whole * random.NextDouble()))
                {
                    continue;
                }

                kills++;
                await AssertNothingIsForgottenAsync(folder);
                if (kills % KillsPerCheck == 0)
                {
                    await CompleteAsync(folder, count, content);
                    Assert.Equal("changes 0", (await FinishAsync(folder, count, content))[0]);
                }
            }

            return kills;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The program's files are there, with what it says. Others only when a killed run may have made them and the program does not declare
    // them any more: they stay known as pending operations until somebody looks.
    private static async Task CompleteAsync(string folder, int count, string content)
    {
        await FinishAsync(folder, count, content);
        var declared = Enumerable.Range(0, count).Select(NameOf).ToArray();
        Assert.All(declared, file => Assert.Equal(content, File.ReadAllText(Path.Combine(folder, "files", file)).Trim()));
        using var state = await ExportAsync(folder);
        var pending = NamesIn(state, "pending_operations", operation => operation.GetProperty("resource"));
        Assert.All(Made(folder).Except(declared, StringComparer.Ordinal), file => Assert.Contains(file, pending));
    }

    private static async Task<string[]> FinishAsync(string folder, int count, string content)
    {
        using var process = Start(folder, count, content);
        using var limit = new CancellationTokenSource(Hung);
        var written = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return (await written).Split('\n');
    }

    // True when it was killed, false when it was faster.
    private static async Task<bool> RunAsync(string folder, int count, string content, TimeSpan after)
    {
        using var process = Start(folder, count, content);
        using var limit = new CancellationTokenSource(after);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode != 0;
        }
    }

    private static async Task AssertNothingIsForgottenAsync(string folder)
    {
        using var state = await ExportAsync(folder);
        var resources = NamesIn(state, "resources", resource => resource);
        Assert.Equal(resources.Distinct(StringComparer.Ordinal), resources);
        string[] known = [.. resources, .. NamesIn(state, "pending_operations", operation => operation.GetProperty("resource"))];
        Assert.All(Made(folder), file => Assert.Contains(file, known));
    }

    private static async Task<JsonDocument> ExportAsync(string folder)
    {
        await using var ssh = new SshClient();
        var workspace = new Workspace(new WorkspaceOptions
        {
            ProjectDirectory = folder,
            BackendUrl = $"file://{folder}",
            Providers = [.. BuiltInPackages.Of(ssh, new BuiltInProviderOptions())],
        });
        return JsonDocument.Parse(await workspace.Stack(SampleProgram.Stack).ExportAsync(showSecrets: false));
    }

    private static string[] NamesIn(JsonDocument state, string list, Func<JsonElement, JsonElement> resource) =>
        state.RootElement.GetProperty("deployment").TryGetProperty(list, out var found)
            ? [.. found.EnumerateArray().Select(item => resource(item).GetProperty("urn").GetString()!.Split("::")[^1])]
            : [];

    // What is being written has another name until it is whole.
    private static IEnumerable<string> Made(string folder) =>
        Directory.EnumerateFiles(Path.Combine(folder, "files")).Select(file => Path.GetFileName(file)).Where(file => !file.EndsWith(".new", StringComparison.Ordinal));

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"file-{index}");

    private static Process Start(string folder, int count, string content) => Process.Start(
        new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "appstack.dll"), SampleProgram.Verb, folder, "files", count.ToString(CultureInfo.InvariantCulture), content])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
