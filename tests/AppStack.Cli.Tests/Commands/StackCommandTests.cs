using System.Text.Json;

namespace AppStack.Cli.Tests.Commands;

/// <summary>Commands on the state and the configuration of a stack.</summary>
public sealed class StackCommandTests : IDisposable
{
    private readonly ProjectFixture _project = new();

    [Fact]
    public async Task Init_ls_and_rm()
    {
        await _project.RunAsync("stack", "init", "local");

        var (_, listed) = await _project.RunAsync("stack", "ls", "--json");
        using var stacks = JsonDocument.Parse(listed.Out);
        Assert.Equal("local", stacks.RootElement[0].GetProperty("name").GetString());

        var (exitCode, _) = await _project.RunAsync("stack", "rm", "local");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.DoesNotContain("local", (await _project.RunAsync("stack", "ls")).Terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_StackThatExists_Fails()
    {
        await _project.RunAsync("stack", "init", "local");

        var (exitCode, terminal) = await _project.RunAsync("stack", "init", "local");

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("exists already", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_of_a_lab_needs_no_passphrase_and_is_encrypted()
    {
        var (set, terminal) = await _project.RunAsync(new FakeTerminal("s3cr3t\n"), "config", "set", "local", "token", "--secret");
        Assert.True(set == ExitCodes.Done, terminal.Error);

        Assert.Equal("s3cr3t\n", (await _project.RunAsync("config", "get", "local", "token")).Terminal.Out);
        Assert.Contains("[secret]", (await _project.RunAsync("config", "local")).Terminal.Out, StringComparison.Ordinal);
        var settings = await File.ReadAllTextAsync(Path.Combine(_project.Environments, "Pulumi.local.yaml"));
        Assert.DoesNotContain("s3cr3t", settings, StringComparison.Ordinal);
        Assert.Contains("secure: v1:", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_value_is_set_shown_and_removed()
    {
        await _project.RunAsync("config", "set", "--stack", "local", "size", "3");

        Assert.Equal("3\n", (await _project.RunAsync("config", "get", "appstack:size", "-s", "local")).Terminal.Out);

        await _project.RunAsync("config", "rm", "local", "size");
        Assert.Equal(ExitCodes.BadInput, (await _project.RunAsync("config", "get", "local", "size")).ExitCode);
    }

    [Fact]
    public async Task Export_and_import_give_the_same_state()
    {
        await _project.RunAsync("stack", "init", "local");
        var (_, exported) = await _project.RunAsync("stack", "export", "local");

        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal(exported.Out), "stack", "import", "local");

        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        using var state = JsonDocument.Parse(exported.Out);
        Assert.Equal(3, state.RootElement.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Environment_elsewhere_keeps_its_settings_beside_its_descriptor()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_project.Root, "elsewhere")).FullName;
        var descriptor = Path.Combine(folder, "trial.yaml");
        await File.WriteAllTextAsync(descriptor, (await File.ReadAllTextAsync(Path.Combine(_project.Environments, "local.yaml")))
            .Replace("name: local\ndesc", "name: trial\ndesc", StringComparison.Ordinal));

        var (exitCode, terminal) = await _project.RunAsync("config", "set", descriptor, "size", "3");

        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        Assert.True(File.Exists(Path.Combine(folder, "Pulumi.trial.yaml")));
        Assert.False(File.Exists(Path.Combine(_project.Environments, "Pulumi.trial.yaml")));
    }

    public void Dispose() => _project.Dispose();
}
