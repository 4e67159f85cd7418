using System.Text.Json;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Command.Local;
using Pulumi.Random;

namespace AppStack.Cli.Tests.Commands;

/// <summary>Every flag of <c>up</c>, and <c>--replace</c> of <c>preview</c>, with the real command, state and providers, and a small program.</summary>
public sealed class UpFlagTests : IDisposable
{
    private const string Stack = "prod.example";
    private const string Prefix = $"urn:pulumi:{Stack}::appstack::";
    private const string IdType = "random:index/randomId:RandomId";

    private static readonly string[] Yes = ["--yes", "--skip-preview"];

    private readonly ProjectFixture _project = new();

    public UpFlagTests() => Declare("1");

    [Fact]
    public async Task Without_anybody_to_ask_it_is_refused_and_nothing_is_made()
    {
        foreach (var flags in new string[][] { [], ["--skip-preview"], ["--json"], ["--diff"] })
        {
            var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. flags]);

            Assert.Equal(ExitCodes.Refused, exitCode);
            Assert.Contains("--yes", terminal.Error, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCodes.Failed, (await _project.RunAsync("stack", "export", Stack)).ExitCode);
    }

    [Theory]
    [InlineData("yes\n", true, ExitCodes.Done)]
    [InlineData("yes\n", false, ExitCodes.Done, "--skip-preview")]
    [InlineData("no\n", true, ExitCodes.Refused)]
    [InlineData("no\n", false, ExitCodes.Refused, "-f")]
    public async Task Who_can_be_asked_sees_the_preview_unless_it_is_skipped(string answer, bool previews, int expected, params string[] flags)
    {
        var (exitCode, terminal) = await _project.RunAsync(new FakeTerminal(answer, canAsk: true), ["up", Stack, .. flags]);

        Assert.Equal(expected, exitCode);
        Assert.Contains($"Update the stack '{Stack}' now?", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(previews, terminal.Out.Contains("Previewing update", StringComparison.Ordinal));
        Assert.Equal(expected == ExitCodes.Done, terminal.Out.Contains("Updating", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Yes_asks_nobody()
    {
        var terminal = await _project.OkAsync("up", Stack, "--yes");

        Assert.Contains("Updating", terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("now?", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Diff_shows_the_properties()
    {
        Assert.DoesNotContain("byteLength", (await UpAsync("--target", Urn("c"))).Out, StringComparison.Ordinal);

        Assert.Contains("byteLength", (await UpAsync("--diff")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_streams_the_events_of_the_update()
    {
        var events = Events(await UpAsync("--json"));

        Assert.NotNull(events[0]["preludeEvent"]);
        Assert.False(Assert.Single(events, happened => happened["summaryEvent"] is not null)["summaryEvent"]!["isPreview"]?.GetValue<bool>() ?? false);
        Assert.NotNull(events[^1]["summaryEvent"]);
        Assert.Equal(4, events[^1]["summaryEvent"]!["resourceChanges"]!["create"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(1, events.Length), events.Select(happened => happened["sequence"]!.GetValue<int>()));
        foreach (var name in (string[])["a", "b", "c"])
        {
            var before = Array.FindIndex(events, happened => Step(happened, "resourcePreEvent", "create") == Urn(name));
            var after = Array.FindIndex(events, happened => Step(happened, "resOutputsEvent", "create") == Urn(name));
            Assert.InRange(before, 0, after - 1);
        }
    }

    [Fact]
    public async Task A_message_is_kept_in_the_history()
    {
        await UpAsync("--message", "opening day");

        Assert.Contains("opening day", (await _project.OkAsync("stack", "history", Stack)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Parallel_is_a_number_from_1(string given)
    {
        Assert.Equal(ExitCodes.BadInput, (await _project.RunAsync(["up", Stack, .. Yes, "--parallel", given])).ExitCode);
    }

    [Fact]
    public async Task Parallel_1_does_one_step_after_the_other()
    {
        var folder = _project.Root;
        _project.Program = () => Deployment.RunAsync(() =>
        {
            for (var i = 0; i < 8; i++)
            {
                _ = new Command($"step-{i}", new CommandArgs { Create = "mkdir alone && echo one > alone/file && rm alone/file && rmdir alone", Dir = folder });
            }
        });

        await UpAsync("--parallel", "1");
    }

    // Each of the two waits for the other: one after the other, they would wait for ever.
    [Fact]
    public async Task Parallel_2_does_two_steps_at_once()
    {
        var folder = _project.Root;
        _project.Program = () => Deployment.RunAsync(() =>
        {
            var pipe = new Command("pipe", new CommandArgs { Create = "mkfifo meeting", Dir = folder });
            _ = new Command("speaks", new CommandArgs { Create = "echo hello > meeting", Dir = folder }, new CustomResourceOptions { DependsOn = pipe });
            _ = new Command("listens", new CommandArgs { Create = "cat meeting", Dir = folder }, new CustomResourceOptions { DependsOn = pipe });
        });

        await UpAsync("-p", "2");

        Assert.Equal("hello", (await ResourceAsync("listens"))["outputs"]!["stdout"]!.GetValue<string>());
    }

    [Fact]
    public async Task Targets_are_all_that_is_made_and_changed()
    {
        await UpAsync("--target", Urn("a"), "--target", Urn("c"));
        Assert.Equal(["a", "c"], await NamesAsync());

        await UpAsync();
        var before = await IdsAsync();
        Declare("2");
        await UpAsync("-t", Urn("c"));
        Assert.Equal(before, await IdsAsync());

        await UpAsync("--target", $"{Prefix}**::a");
        Assert.Equal(["a"], await ChangedAsync(before));
    }

    [Fact]
    public async Task What_depends_on_targets_is_changed_only_with_the_flag()
    {
        await UpAsync();
        var before = await IdsAsync();
        Declare("2");

        await UpAsync("--target", Urn("a"), "--target-dependents");

        Assert.Equal(["a", "b"], await ChangedAsync(before));
    }

    [Fact]
    public async Task A_target_without_what_it_needs_is_refused()
    {
        var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. Yes, "--target", Urn("b")]);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains($"it needs {Urn("a")}", terminal.Out, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_target_that_nothing_matches_is_an_error()
    {
        var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. Yes, "--target", Urn("nothing")]);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains($"No resource matches the target {Urn("nothing")}", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_excluded_stays_as_it_is()
    {
        await UpAsync("--exclude", Urn("c"));
        Assert.Equal(["a", "b"], await NamesAsync());

        await UpAsync();
        var before = await IdsAsync();
        Declare("2");
        await UpAsync("--exclude", $"{Prefix}**::a");
        Assert.Equal(before, await IdsAsync());

        _project.Program = () => Deployment.RunAsync(() => { });
        await UpAsync("--exclude", Urn("a"), "--exclude", Urn("b"));
        Assert.Equal(["a", "b"], await NamesAsync());
    }

    [Fact]
    public async Task Replace_makes_anew_what_is_named_and_what_its_value_replaces()
    {
        await UpAsync();
        var before = await IdsAsync();

        var preview = await _project.OkAsync("preview", Stack, "--replace", Urn("a"), "--json");
        Assert.Equal([Urn("a"), Urn("b")], Events(preview).Select(happened => Step(happened, "resourcePreEvent", "replace")).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(before, await IdsAsync());

        var update = await UpAsync("--replace", Urn("a"), "--json");
        Assert.Equal([Urn("a"), Urn("b")], Events(update).Select(happened => Step(happened, "resourcePreEvent", "replace")).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], await ChangedAsync(before));
        Assert.Equal(["a", "b", "c"], await NamesAsync());
    }

    [Fact]
    public async Task Replace_of_one_that_nothing_depends_on_replaces_it_alone()
    {
        await UpAsync();
        var before = await IdsAsync();

        await UpAsync("--replace", Urn("b"), "--replace", $"{Prefix}**::c");

        Assert.Equal(["b", "c"], await ChangedAsync(before));
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("up", "--yes")]
    public async Task Replace_of_what_the_stack_does_not_have_is_an_error(params string[] command)
    {
        await UpAsync();

        var (exitCode, terminal) = await _project.RunAsync([command[0], Stack, .. command[1..], "--replace", Urn("gone"), "--replace", $"{Prefix}**::lost"]);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains($"No resource matches what is to be replaced: {Urn("gone")}", terminal.Out, StringComparison.Ordinal);
        Assert.Contains($"No resource matches what is to be replaced: {Prefix}**::lost", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replace_follows_an_alias_by_either_name()
    {
        await UpAsync();
        var before = await IdsAsync();
        foreach (var urn in new[] { Urn("c"), Urn("renamed") })
        {
            _project.Program = () => Deployment.RunAsync(() =>
            {
                Values("1");
                _ = new RandomId("renamed", new RandomIdArgs { ByteLength = 4 }, new CustomResourceOptions { Aliases = { new Alias { Name = "c" } } });
            });

            await UpAsync("--replace", urn);
        }

        Assert.Equal(["a", "b", "renamed"], await NamesAsync());
        Assert.NotEqual(before["c"], (await IdsAsync())["renamed"]);
    }

    [Fact]
    public async Task Replace_is_refused_for_what_is_protected()
    {
        _project.Program = () => Deployment.RunAsync(() =>
        {
            _ = new RandomId("kept", new RandomIdArgs { ByteLength = 4 }, new CustomResourceOptions { Protect = true });
        });
        await UpAsync();
        var before = await IdsAsync();

        var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. Yes, "--replace", Urn("kept")]);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("it is protected", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(before, await IdsAsync());
    }

    [Fact]
    public async Task Refresh_reads_everything_first()
    {
        await UpAsync();

        Assert.Equal([Urn("a"), Urn("b"), Urn("c")], Refreshed(await UpAsync("--refresh", "--json")));
        Assert.Empty(Refreshed(await UpAsync("--json")));

        static IEnumerable<string> Refreshed(FakeTerminal terminal) =>
            Events(terminal).Select(happened => Step(happened, "resourcePreEvent", "refresh")).OfType<string>().Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--continue-on-error")]
    [InlineData(false, "--continue-on-error=false")]
    public async Task Continue_on_error_goes_on_with_what_does_not_depend_on_the_failure(bool goesOn, params string[] flags)
    {
        _project.Program = () => Deployment.RunAsync(async () =>
        {
            var bad = new Command("bad", new CommandArgs { Create = "exit 3" });
            _ = new RandomId("dependent", new RandomIdArgs { ByteLength = 4, Keepers = { ["bad"] = bad.Stdout } });
            await Pulumi.Utilities.OutputUtilities.GetValueAsync(bad.Stdout);
            _ = new RandomId("independent", new RandomIdArgs { ByteLength = 4 });
        });

        var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. Yes, .. flags]);

        Assert.True(exitCode == ExitCodes.Failed, terminal.Error + terminal.Out);
        Assert.Equal(goesOn ? ["independent"] : [], await NamesAsync());
    }

    [Fact]
    public async Task Expect_no_changes_fails_when_there_were_some()
    {
        var (exitCode, terminal) = await _project.RunAsync(["up", Stack, .. Yes, "--expect-no-changes"]);
        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("No changes were expected, but there were 4", terminal.Out, StringComparison.Ordinal);

        await UpAsync("--expect-no-changes");
    }

    [Fact]
    public async Task A_plan_is_kept_to()
    {
        await UpAsync();
        var before = await IdsAsync();
        Declare("2");
        await _project.OkAsync("preview", Stack, "--save-plan", "change.plan");

        Declare("2", more: true);
        var (exitCode, terminal) = await _project.RunAsync("up", Stack, "--yes", "--plan", "change.plan");
        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains($"create of {Urn("more")} is not in the plan", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(before, await IdsAsync());

        Declare("2");
        await _project.OkAsync("up", Stack, "--yes", "--plan", "change.plan");
        Assert.Equal(["a", "b"], await ChangedAsync(before));
    }

    public void Dispose() => _project.Dispose();

    private static string Urn(string name) => $"{Prefix}{IdType}::{name}";

    private static JsonNode[] Events(FakeTerminal terminal) =>
        [.. terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static string? Step(JsonNode happened, string kind, string op) =>
        happened[kind]?["metadata"] is { } metadata && metadata["op"]!.GetValue<string>() == op && metadata["type"]!.GetValue<string>() == IdType
            ? metadata["urn"]!.GetValue<string>()
            : null;

    // The value of a is part of b, so that another one needs another b.
    private static void Values(string value, CustomResourceOptions? options = null)
    {
        var a = new RandomId("a", new RandomIdArgs { ByteLength = 4, Keepers = { ["value"] = value } }, options);
        _ = new RandomId("b", new RandomIdArgs { ByteLength = 4, Keepers = { ["a"] = a.Hex } });
    }

    private void Declare(string value, bool more = false) => _project.Program = () => Deployment.RunAsync(() =>
    {
        // The others wait for it, so that they are as they were when it is refused.
        Values(value, more ? new CustomResourceOptions { DependsOn = { new RandomId("more", new RandomIdArgs { ByteLength = 4 }) } } : null);
        _ = new RandomId("c", new RandomIdArgs { ByteLength = 4 });
    });

    private Task<FakeTerminal> UpAsync(params string[] flags) => _project.OkAsync(["up", Stack, .. Yes, .. flags]);

    private async Task<JsonElement> ExportAsync() => JsonDocument.Parse((await _project.OkAsync("stack", "export", Stack)).Out).RootElement.GetProperty("deployment").GetProperty("resources");

    private async Task<JsonNode> ResourceAsync(string name) => JsonNode.Parse(
        (await ExportAsync()).EnumerateArray().First(resource => resource.GetProperty("urn").GetString()!.EndsWith($"::{name}", StringComparison.Ordinal)).GetRawText())!;

    private async Task<SortedDictionary<string, string>> IdsAsync() => new(
        (await ExportAsync()).EnumerateArray()
            .Where(resource => resource.GetProperty("type").GetString() == IdType)
            .ToDictionary(resource => resource.GetProperty("urn").GetString()!.Split("::")[^1], resource => resource.GetProperty("id").GetString()!),
        StringComparer.Ordinal);

    private async Task<IEnumerable<string>> NamesAsync() => (await IdsAsync()).Keys;

    private async Task<IEnumerable<string>> ChangedAsync(SortedDictionary<string, string> before) =>
        (await IdsAsync()).Where(id => before[id.Key] != id.Value).Select(id => id.Key);
}
