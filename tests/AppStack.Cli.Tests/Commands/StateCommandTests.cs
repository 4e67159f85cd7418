namespace AppStack.Cli.Tests.Commands;

/// <summary>Repairing the state by hand, and what is done with a whole stack.</summary>
public sealed class StateCommandTests : IDisposable
{
    private const string Stack = "urn:pulumi:local::appstack::pulumi:pulumi:Stack::appstack-local";
    private const string Part = "urn:pulumi:local::appstack::appstack:test:Part::part";
    private const string State = $$"""
        {"version":3,"deployment":{"manifest":{"time":"2026-03-01T12:00:00Z","magic":"","version":""},"resources":[
        {"urn":"{{Stack}}","custom":false,"type":"pulumi:pulumi:Stack"},
        {"urn":"{{Part}}","custom":false,"type":"appstack:test:Part","parent":"{{Stack}}","protect":true}],"metadata":{} } }
        """;

    private readonly ProjectFixture _project = new();

    [Fact]
    public async Task A_protected_resource_is_forgotten_only_after_unprotect()
    {
        await ImportAsync();

        var (refused, terminal) = await _project.RunAsync("state", "delete", "local", Part);
        Assert.Equal(ExitCodes.Failed, refused);
        Assert.Contains("is protected", terminal.Error, StringComparison.Ordinal);

        await OkAsync("state", "unprotect", "local", Part);
        await OkAsync("state", "delete", "local", Part);
        Assert.DoesNotContain(Part, (await OkAsync("state", "ls", "local")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_others_need_takes_them_along_only_on_demand()
    {
        await ImportAsync();

        Assert.Equal(ExitCodes.Failed, (await _project.RunAsync("state", "delete", "local", Stack)).ExitCode);
        await OkAsync("state", "delete", "local", Stack, "--target-dependents", "--force");
    }

    [Fact]
    public async Task A_resource_is_renamed()
    {
        await ImportAsync();

        await OkAsync("state", "rename", "-s", "local", Part, "other");

        Assert.Contains("appstack:test:Part::other", (await OkAsync("state", "ls", "local")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state delete local")]
    [InlineData("state delete local not-a-urn")]
    [InlineData("state unprotect local")]
    [InlineData("stack graph local picture.png")]
    [InlineData("stack change-secrets-provider local awskms://key")]
    public async Task What_makes_no_sense_is_told(string line)
    {
        await ImportAsync();

        var (exitCode, terminal) = await _project.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_goes_to_a_file_or_to_standard_output()
    {
        await ImportAsync();
        var file = Path.Combine(_project.Root, "picture.html");

        Assert.Contains("digraph", (await OkAsync("stack", "graph", "local")).Out, StringComparison.Ordinal);
        await OkAsync("stack", "graph", "local", file);

        var page = await File.ReadAllTextAsync(file);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_passphrase_keeps_the_secrets_and_changes_their_ciphertexts()
    {
        await ImportAsync();
        await _project.RunAsync(new FakeTerminal("s3cr3t"), "config", "set", "local", "token", "--secret");
        var settings = Path.Combine(_project.Environments, "Pulumi.local.yaml");
        var before = await File.ReadAllTextAsync(settings);

        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal("another passphrase\n"), "stack", "change-secrets-provider", "local", "passphrase");

        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        Assert.NotEqual(before, await File.ReadAllTextAsync(settings));
        Assert.Equal("s3cr3t\n", (await OkAsync("config", "get", "local", "token")).Out);
    }

    [Fact]
    public async Task A_stack_is_renamed_with_its_settings_and_passphrase()
    {
        await ImportAsync();
        await _project.RunAsync(new FakeTerminal("s3cr3t"), "config", "set", "local", "token", "--secret");

        await OkAsync("stack", "rename", "local", "lab2");

        Assert.Contains("lab2", (await OkAsync("stack", "ls")).Out, StringComparison.Ordinal);
        Assert.Contains("urn:pulumi:lab2::appstack::pulumi:pulumi:Stack::appstack-lab2", (await OkAsync("state", "ls", "lab2")).Out, StringComparison.Ordinal);
        Assert.Equal("s3cr3t\n", (await OkAsync("config", "get", "lab2", "token")).Out);
    }

    public void Dispose() => _project.Dispose();

    private async Task ImportAsync()
    {
        await OkAsync("stack", "init", "local");
        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal(State), "stack", "import", "local", "--force");
        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
    }

    private async Task<FakeTerminal> OkAsync(params string[] arguments)
    {
        var (exitCode, terminal) = await _project.RunAsync(arguments);
        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        return terminal;
    }
}
