using System.Text.Json;

namespace AppStack.Cli.Tests.Commands;

/// <summary>Every flag of the operations once, with the real command on a real state: of values that live in state alone.</summary>
public sealed class OperationFlagTests : IDisposable
{
    private const string Stack = "prod.example";
    private const string Prefix = $"urn:pulumi:{Stack}::appstack::";
    private const string Root = $"{Prefix}pulumi:pulumi:Stack::appstack-{Stack}";
    private const string Provider = $"{Prefix}pulumi:providers:random::default";
    private const string Type = "random:index/randomId:RandomId";
    private const string Id = "6f1a7ee6-2b6c-4a52-8ad0-7a0f0a6d1f00";

    private static readonly string State = $$"""
        {"version":3,"deployment":{"manifest":{"time":"2026-03-01T12:00:00Z","magic":"","version":""},"resources":[
        {"urn":"{{Root}}","custom":false,"type":"pulumi:pulumi:Stack"},
        {"urn":"{{Provider}}","custom":true,"id":"{{Id}}","type":"pulumi:providers:random"},
        {{Thing("a")}},{{Thing("b", "a")}},{{Thing("c")}}],"metadata":{} } }
        """;

    private readonly ProjectFixture _project = new();

    [Fact]
    public async Task Destroy_target_needs_its_dependents_or_the_flag()
    {
        await ImportAsync();

        Assert.Equal(ExitCodes.Failed, (await RunAsync("destroy", Stack, "--yes", "--target", Urn("a"))).ExitCode);
        await OkAsync("destroy", Stack, "--yes", "--target", Urn("a"), "--target-dependents");

        Assert.Equal(["c"], await NamesAsync());
    }

    [Fact]
    public async Task Destroy_exclude_leaves_what_is_named()
    {
        await ImportAsync();

        await OkAsync("destroy", Stack, "--yes", "--skip-preview", "--exclude", Urn("c"), "--continue-on-error", "--refresh", "--parallel", "1");

        Assert.Equal(["c"], await NamesAsync());
    }

    [Fact]
    public async Task Destroy_without_anybody_to_ask_is_refused()
    {
        await ImportAsync();

        Assert.Equal(ExitCodes.Refused, (await RunAsync("destroy", Stack)).ExitCode);
        Assert.Equal(ExitCodes.Refused, (await RunAsync("destroy", Stack, "--json")).ExitCode);
        Assert.Equal(["a", "b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Destroy_shows_a_preview_asks_and_does_nothing_after_a_no()
    {
        await ImportAsync();

        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal("no\n", canAsk: true), "destroy", Stack, "--diff");

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("Previewing destroy", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Refresh_expect_no_changes_and_message_end_up_in_the_history()
    {
        await ImportAsync();

        await OkAsync("refresh", Stack, "--yes", "--expect-no-changes", "--message", "only looking", "--target", Urn("a"), "--parallel", "2", "--diff");

        var history = (await OkAsync("stack", "history", Stack)).Out;
        Assert.Contains("only looking", history, StringComparison.Ordinal);
        Assert.Contains("refresh", history, StringComparison.Ordinal);
        Assert.Contains("import", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_json_writes_one_event_on_a_line()
    {
        await ImportAsync();

        var lines = (await OkAsync("refresh", Stack, "--yes", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains(lines, line => line.Contains(Urn("a"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_clears_pending_creates_or_takes_them_in()
    {
        var pending = $$"""{"resource":{{Thing("lost").Replace("\"id\":\"AQIDBA\",", "", StringComparison.Ordinal)}},"type":"creating"}""";
        var state = State.Replace("\"metadata\"", $"\"pending_operations\":[{pending}],\"metadata\"", StringComparison.Ordinal);
        await ImportAsync(state);
        Assert.Contains("lost", (await OkAsync("state", "ls", Stack)).Out, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.BadInput, (await RunAsync("refresh", Stack, "--yes", "--import-pending-creates", Urn("lost"))).ExitCode);
        await OkAsync("refresh", Stack, "--yes", "--clear-pending-creates");
        Assert.Equal(["a", "b", "c"], await NamesAsync());

        await ImportAsync(state);
        await OkAsync("refresh", Stack, "--yes", "--import-pending-creates", $"{Urn("lost")},AQIDBA");
        Assert.Equal(["a", "b", "c", "lost"], await NamesAsync());

        await ImportAsync(state);
        await OkAsync("destroy", Stack, "--yes", "--clear-pending-creates");
        Assert.Equal(ExitCodes.Done, (await RunAsync("stack", "rm", Stack, "--yes")).ExitCode);
    }

    [Theory]
    [InlineData(ExitCodes.Done, "--diff", "--parallel", "3", "--message", "x")]
    [InlineData(ExitCodes.Done, "--target", "**::appstack-prod.example")]
    [InlineData(ExitCodes.Done, "--exclude", "**", "--continue-on-error")]
    [InlineData(ExitCodes.Done, "--refresh")]
    [InlineData(ExitCodes.Done, "--format", "json")]
    [InlineData(ExitCodes.Done, "--format", "markdown")]
    [InlineData(ExitCodes.Failed, "--expect-no-changes")]
    [InlineData(ExitCodes.Failed, "--target", "urn:pulumi:prod.example::appstack::no:such:Thing::x")]
    [InlineData(ExitCodes.BadInput, "--parallel", "0")]
    [InlineData(ExitCodes.BadInput, "--format", "yaml")]
    [InlineData(ExitCodes.BadInput, "--no-such-flag")]
    public async Task Preview_takes_its_flags(int expected, params string[] flags)
    {
        var (exitCode, terminal) = await RunAsync(["preview", Stack, .. flags]);

        Assert.True(exitCode == expected, $"{exitCode}: {terminal.Error}{terminal.Out}");
    }

    [Fact]
    public async Task Cancel_removes_the_lock_of_somebody_else_only_with_yes()
    {
        await ImportAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_project.Root, ".pulumi", "locks", "organization", "appstack", Stack)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "other.json"), """{"pid":4711,"username":"maria","hostname":"elsewhere","timestamp":"2026-11-22T13:06:05Z"}""");
        Assert.Equal(ExitCodes.Locked, (await RunAsync("refresh", Stack, "--yes")).ExitCode);

        var (refused, terminal) = await RunAsync("cancel", Stack);
        Assert.Equal(ExitCodes.Refused, refused);
        Assert.Contains("maria", terminal.Error, StringComparison.Ordinal);

        await OkAsync("cancel", Stack, "--yes");
        await OkAsync("refresh", Stack, "--yes");
        Assert.Contains("not locked", (await OkAsync("cancel", Stack)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_sets_shows_and_removes_nested_keys_and_secret_leaves()
    {
        await OkAsync("config", "set", "local", "--path", "site.racks[0].name", "r1");
        await OkAsync("config", "set", "local", "--path", "site.racks[0].units", "42");
        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal("rack-password\n"), "config", "set", "local", "--path", "site.racks[0].password", "--secret");
        Assert.True(exitCode == ExitCodes.Done, terminal.Error);

        Assert.Equal("r1\n", (await OkAsync("config", "get", "local", "--path", "site.racks[0].name")).Out);
        Assert.Equal("rack-password\n", (await OkAsync("config", "get", "local", "--path", "site.racks[0].password")).Out);
        Assert.DoesNotContain("rack-password", (await OkAsync("config", "local")).Out, StringComparison.Ordinal);
        Assert.Contains("rack-password", (await OkAsync("config", "local", "--show-secrets")).Out, StringComparison.Ordinal);
        using var shown = JsonDocument.Parse((await OkAsync("config", "get", "local", "site")).Out);
        Assert.Equal(42, shown.RootElement.GetProperty("racks")[0].GetProperty("units").GetInt32());

        await OkAsync("config", "rm", "local", "--path", "site.racks[0].password");
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("config", "get", "local", "--path", "site.racks[0].password")).ExitCode);
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("config", "set", "local", "a", "b", "--secret", "--plaintext")).ExitCode);
    }

    public void Dispose() => _project.Dispose();

    private static string Urn(string name) => $"{Prefix}{Type}::{name}";

    private static string Thing(string name, string? needs = null) =>
        $$"""
        {"urn":"{{Urn(name)}}","custom":true,"id":"AQIDBA","type":"{{Type}}","inputs":{"byteLength":4},
        "outputs":{"b64Std":"AQIDBA==","b64Url":"AQIDBA","byteLength":4,"dec":"16909060","hex":"01020304","id":"AQIDBA"},"parent":"{{Root}}",
        {{(needs is null ? "" : $"\"dependencies\":[\"{Urn(needs)}\"],")}}"provider":"{{Provider}}::{{Id}}"}
        """;

    private async Task ImportAsync(string? state = null)
    {
        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal(state ?? State), "stack", "import", Stack);
        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
    }

    private Task<(int ExitCode, FakeTerminal Terminal)> RunAsync(params string[] arguments) => _project.RunAsync(arguments);

    private Task<FakeTerminal> OkAsync(params string[] arguments) => _project.OkAsync(arguments);

    private async Task<string[]> NamesAsync()
    {
        using var export = JsonDocument.Parse((await OkAsync("stack", "export", Stack)).Out);
        return
        [
            .. export.RootElement.GetProperty("deployment").GetProperty("resources").EnumerateArray()
                .Where(resource => resource.GetProperty("type").GetString() == Type)
                .Select(resource => resource.GetProperty("urn").GetString()!.Split("::")[^1])
                .Order(StringComparer.Ordinal),
        ];
    }
}
