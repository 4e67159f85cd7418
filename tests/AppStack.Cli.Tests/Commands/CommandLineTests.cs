using AppStack.Testing;

namespace AppStack.Cli.Tests.Commands;

/// <summary>Whole command lines, in a project of their own, that reach nothing.</summary>
public sealed class CommandLineTests(ProjectFixture project) : IClassFixture<ProjectFixture>
{
    [Theory]
    [InlineData("up", "local", "--parallel", "0")]
    [InlineData("up", "local", "--paralel", "2")]
    [InlineData("destory", "local")]
    [InlineData("up", "local", "--stack", "prod.example")]
    [InlineData("up")]
    [InlineData("up", "no-such-environment")]
    [InlineData("drill", "local")]
    [InlineData("config", "set", "local", "key", "value", "one-too-many")]
    [InlineData("config", "set", "local", "key", "value", "--secret", "--plaintext")]
    public async Task Wrong_command_lines_are_refused_before_anything_happens(params string[] arguments)
    {
        var (exitCode, terminal) = await project.RunAsync(arguments);

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Root, ".pulumi")));
    }

    [Theory]
    [InlineData("help")]
    [InlineData("help", "up")]
    [InlineData("help", "config", "set")]
    public async Task Help_is_a_verb_too(params string[] arguments)
    {
        var (exitCode, terminal) = await project.RunAsync(arguments);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal((await project.RunAsync([.. arguments[1..], "--help"])).Terminal.Out, terminal.Out);
        Assert.Contains("Usage:", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_DescriptorWithProblems_ListsThemAndChangesNothing()
    {
        var file = Path.Combine(project.Environments, "wrong.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Path.Combine(project.Environments, "local.yaml")))
            .Replace("name: local\ndesc", "name: wrong\ndesc", StringComparison.Ordinal)
            .Replace("v4: 10.87.100.1,", "v4: 10.88.100.1,", StringComparison.Ordinal)
            .Replace("keepalive: 3s", "keepaliv: 3s", StringComparison.Ordinal));

        var (exitCode, terminal) = await project.RunAsync("up", "wrong");

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Empty(terminal.Out);
        Snapshot.Verify(terminal.Error.Replace(project.Root, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Up_NobodyToAsk_IsRefused()
    {
        var (exitCode, terminal) = await project.RunAsync("up", "prod.example");

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("--yes", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ProductionExample_ReachesNothing()
    {
        var (exitCode, terminal) = await project.RunAsync("preview", "--stack", "prod.example");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("edge-ath-edge-lb-1-bundle create", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("watch-monitor-2-bundle create", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Json_IsOneEventOnALine()
    {
        var (exitCode, terminal) = await project.RunAsync("preview", "prod.example", "--json");

        Assert.Equal(ExitCodes.Done, exitCode);
        var lines = terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
        Assert.Contains("preludeEvent", lines[0], StringComparison.Ordinal);
        Assert.Contains("summaryEvent", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_StackThatIsNotThere_HasNothingToDo()
    {
        var (exitCode, terminal) = await project.RunAsync("destroy", "local");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("nothing to destroy", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Environment_IsJson()
    {
        var (exitCode, terminal) = await project.RunAsync("schema", "environment");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.StartsWith("{", terminal.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("up")]
    [InlineData("stack")]
    [InlineData("config", "set")]
    public async Task Help_shows_flags_and_exit_codes(params string[] verbs)
    {
        var (exitCode, terminal) = await project.RunAsync([.. verbs, "--help"]);

        Assert.Equal(ExitCodes.Done, exitCode);
        // The name of the program is that of the process.
        var text = terminal.Out.Replace("testhost", "appstack", StringComparison.Ordinal);
        Snapshot.Verify(text, part: verbs.Length == 0 ? "root" : string.Join('-', verbs));
    }

    [Fact]
    public async Task Dashboards_are_written_a_file_each()
    {
        var folder = Path.Combine(project.Root, "dashboards");

        var (exitCode, terminal) = await project.RunAsync("dashboards", folder);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(["edge.json", "ingress.json", "kubernetes.json", "nodes.json", "postgresql.json", "services.json", "waf.json"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(folder), file => Assert.Contains(file, terminal.Out, StringComparison.Ordinal));
    }
}
