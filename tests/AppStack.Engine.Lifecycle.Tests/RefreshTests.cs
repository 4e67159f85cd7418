using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class RefreshTests : LifecycleTest
{
    private static async Task Family(TestProgram program)
    {
        var a = await program.ResourceAsync("a", null, ("size", Text("1")));
        var b = await program.ResourceAsync("b", ResourceOf.From("peer", a) with { Parent = a.Urn, Goal = new() { DeletedWith = a.Urn } }, ("peer", Text("1")));
        await program.ResourceAsync("c", new ResourceOf { Parent = b.Urn, DependsOn = [a.Urn] });
    }

    [Fact]
    public async Task Nothing_changed_is_all_same()
    {
        await UpOkAsync(Family);
        var before = State();

        var result = await RefreshAsync();

        Assert.True(result.Succeeded);
        Assert.Equal(3, Count(result, StepKind.Same));
        Assert.Equal(before.Resources.Select(state => state.Modified), State().Resources.Select(state => state.Modified));
        Assert.Equal(["read a-1", "read b-2", "read c-3"], World.TakeCalls().Where(call => call.StartsWith("read", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Changed_properties_are_taken_over_and_the_next_up_puts_them_right()
    {
        await UpOkAsync(Family);
        World.Things["a-1"] = PropertyMap.Of(("size", Text("drifted")));

        var result = await RefreshAsync();

        Assert.Equal(1, Count(result, StepKind.Update));
        Assert.Equal(Text("drifted"), Resource("a").Inputs["size"]);
        World.TakeCalls();
        await UpOkAsync(Family);
        Assert.Equal(["update a"], World.TakeCalls());
        Assert.Equal(Text("1"), World.Things["a-1"]["size"]);
    }

    [Fact]
    public async Task What_is_gone_is_removed_with_all_references_to_it()
    {
        await UpOkAsync(Family);
        World.Things.TryRemove("a-1", out _);

        var result = await RefreshAsync();

        Assert.Equal(1, Count(result, StepKind.Delete));
        Assert.False(Has("a"));
        var (b, c) = (Resource("b"), Resource("c"));
        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", b.Parent);
        Assert.Null(b.DeletedWith);
        Assert.Empty(b.Dependencies);
        Assert.Empty(b.PropertyDependencies["peer"]);
        Assert.Empty(c.Dependencies);
    }

    [Fact]
    public async Task Inputs_stay_when_the_provider_cannot_tell_them()
    {
        await UpOkAsync(Family);
        World.OnRead = request => new ReadResult(request.Id, PropertyMap.Of(("status", Text("up"))));

        await RefreshAsync();

        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.Equal(PropertyMap.Of(("status", Text("up"))), Resource("a").Outputs);
    }

    [Fact]
    public async Task An_id_can_change()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.OnRead = request => new ReadResult("other", request.State);

        await RefreshAsync();

        Assert.Equal("other", Resource("a").Id);
    }

    [Fact]
    public async Task What_is_not_whole_is_a_warning_and_updated_by_the_next_up()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.OnRead = _ => throw ProviderException.Partial("a-1", PropertyMap.Empty, ["not ready"]);

        Assert.True((await RefreshAsync()).Succeeded);

        Assert.Contains(Warnings, warning => warning.Contains("not ready", StringComparison.Ordinal));
        Assert.Equal("not ready", Assert.Single(Resource("a").InitErrors));
        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.Equal(["update a"], World.TakeCalls());
    }

    [Fact]
    public async Task An_unexpected_exception_while_reading_is_a_failure_of_that_resource()
    {
        await UpOkAsync(Family);
        World.OnRead = request => request.Id == "a-1" ? throw new InvalidOperationException("bug in read") : null;

        Assert.False((await RefreshAsync()).Succeeded);

        Assert.Contains(Errors, error => error.Contains("bug in read", StringComparison.Ordinal));
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task A_failed_read_leaves_the_resource_as_it_was()
    {
        await UpOkAsync(Family);
        World.OnRead = request => request.Id == "a-1" ? throw new ProviderException("unreachable") : null;

        Assert.False((await RefreshAsync()).Succeeded);

        Assert.True(Has("a"));
        Assert.Contains(Errors, error => error.Contains("refreshing", StringComparison.Ordinal) && error.Contains("unreachable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_preview_of_a_refresh_changes_nothing()
    {
        await UpOkAsync(Family);
        World.Things.Clear();

        var result = await RefreshAsync(preview: true);

        Assert.Equal(3, Count(result, StepKind.Delete));
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task An_up_with_refresh_sees_what_exists()
    {
        await UpOkAsync(Family);
        World.Things.TryRemove("c-3", out _);
        World.TakeCalls();
        Options = Options with { Refresh = true };

        await UpOkAsync(Family);

        Assert.Contains("create c", World.TakeCalls());
        Assert.Equal(3, World.Things.Count);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_project_that_always_refreshes_does_unless_it_is_told_not_to(bool? asked, bool reads)
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.TakeCalls();
        await File.AppendAllTextAsync(Path.Combine(Directory, "Pulumi.yaml"), "options: {refresh: always}\n");
        Options = Options with { Refresh = asked };

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Equal(reads ? ["read a-1"] : Array.Empty<string>(), World.TakeCalls());
    }

    [Fact]
    public async Task A_destroy_with_refresh_does_not_delete_what_is_gone()
    {
        await UpOkAsync(Family);
        World.Things.TryRemove("c-3", out _);
        World.TakeCalls();
        Options = Options with { Refresh = true };

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.DoesNotContain("delete c", World.TakeCalls());
        Assert.Empty(State().Resources);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_destroyed_after_a_refresh_that_failed(bool targeted)
    {
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a");
            await program.ResourceAsync("b");
        });
        World.OnRead = request => request.Urn.EndsWith("::a", StringComparison.Ordinal) ? throw new ProviderException("no answer") : null;
        World.TakeCalls();
        Options = Options with { Refresh = true, Targets = targeted ? ["**::a"] : [] };

        Assert.False((await DestroyAsync()).Succeeded);

        Assert.DoesNotContain(World.TakeCalls(), call => call.StartsWith("delete", StringComparison.Ordinal));
        Assert.Contains(Errors, error => error.Contains("Nothing else was done", StringComparison.Ordinal));
        Assert.Equal((true, true), (Has("a"), Has("b")));
    }

    [Fact]
    public async Task A_program_is_not_run_after_a_refresh_that_failed()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.OnRead = _ => throw new ProviderException("no answer");
        World.TakeCalls();
        Options = Options with { Refresh = true };

        await UpFailsAsync(program => program.ResourceAsync("b"), "Nothing else was done");

        Assert.Equal(["read a-1"], World.TakeCalls());
    }

    [Fact]
    public async Task More_resources_than_workers_are_refreshed()
    {
        Options = Options with { Parallel = 2 };
        await UpOkAsync(async program =>
        {
            for (var i = 0; i < 100; i++)
            {
                await program.ResourceAsync($"r{i}");
            }
        });

        var result = await RefreshAsync();

        Assert.Equal(100, Count(result, StepKind.Same));
    }

    [Fact]
    public async Task Secrets_stay_secret_through_a_refresh()
    {
        Secrets.Add("hunter2-value");
        await UpOkAsync(program => program.ResourceAsync("a", null, ("password", Secret("hunter2-value"))));
        World.OnRead = request => new ReadResult(request.Id, PropertyMap.Of(("password", Text("hunter2-value")), ("status", Text("up"))));

        await RefreshAsync();

        Assert.Equal(Secret("hunter2-value"), (await Stack().ReadSnapshotAsync()).Resources.Single(state => state.Name == "a").Outputs["password"]);
    }

    [Fact]
    public async Task Only_targets_are_refreshed()
    {
        await UpOkAsync(Family);
        World.TakeCalls();
        Options = Options with { Targets = [Resource("b").Urn] };

        await RefreshAsync();

        Assert.Equal(["read b-2"], World.TakeCalls());
    }
}
