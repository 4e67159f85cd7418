using System.Text.Json.Nodes;

namespace AppStack.Cli.Tests.Commands;

/// <summary><c>preview --save-plan</c> and <c>up --plan</c>, as far as they reach nothing.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly ProjectFixture _project = new();

    private string PlanFile => Path.Combine(_project.Root, "change.plan");

    [Fact]
    public async Task A_preview_saves_what_it_has_decided_and_says_how_to_go_on()
    {
        var (exitCode, terminal) = await _project.RunAsync("preview", "local", "--save-plan", "change.plan");

        Assert.True(exitCode == ExitCodes.Done, terminal.Error);
        Assert.Contains($"appstack up local --plan {PlanFile}", terminal.Out, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PlanFile));
        var stack = JsonNode.Parse(await File.ReadAllTextAsync(PlanFile))!["resourcePlans"]!["urn:pulumi:local::appstack::pulumi:pulumi:Stack::appstack-local"]!;
        Assert.Equal("""["create"]""", stack["steps"]!.ToJsonString());
    }

    [Fact]
    public async Task Json_stays_json()
    {
        var (exitCode, terminal) = await _project.RunAsync("preview", "local", "--json", "--save-plan", PlanFile);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.All(terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(JsonNode.Parse(line)));
        Assert.True(File.Exists(PlanFile));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_not_in_the_plan_is_not_done(bool json)
    {
        await File.WriteAllTextAsync(PlanFile, """{"manifest":{"time":"2026-03-01T12:00:00Z","magic":"","version":""}}""");

        var (exitCode, terminal) = await _project.RunAsync(["up", "prod.example", "--yes", "--plan", "change.plan", .. json ? new[] { "--json" } : []]);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains(
            "create of urn:pulumi:prod.example::appstack::pulumi:pulumi:Stack::appstack-prod.example is not in the plan: nothing was to happen to it.",
            terminal.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("bundle", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_used_is_refused_before_anything_happens()
    {
        await _project.RunAsync("preview", "local", "--save-plan", "change.plan");

        foreach (var (file, reason) in new[] { ("change.plan", "is one of another stack"), ("missing.plan", "There is no plan"), ("Pulumi.yaml", "cannot be read as a plan") })
        {
            var (exitCode, terminal) = await _project.RunAsync("up", "prod.example", "--yes", "--plan", file);

            Assert.Equal(ExitCodes.BadInput, exitCode);
            Assert.Contains(reason, terminal.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("preview", "--plan")]
    [InlineData("up", "--save-plan")]
    [InlineData("destroy", "--plan")]
    public async Task The_flags_belong_to_their_verbs(string verb, string flag)
    {
        Assert.Equal(ExitCodes.BadInput, (await _project.RunAsync(verb, "local", flag, "change.plan")).ExitCode);
    }

    public void Dispose() => _project.Dispose();
}
