using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>Options in combinations that have bitten others.</summary>
public sealed class OptionTests : LifecycleTest
{
    private static ResourceOf With(ResourceGoalOptions goal) => new() { Goal = goal };

    [Fact]
    public async Task What_goes_with_another_follows_a_replacement_that_deletes_first_without_being_deleted_itself()
    {
        async Task Declare(TestProgram program, string value)
        {
            var owner = await program.ResourceAsync("owner", With(new() { DeleteBeforeReplace = true }), ("immutable", Text(value)));
            await program.ResourceAsync("a", With(new() { DeletedWith = owner.Urn }));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        var calls = World.TakeCalls();
        Assert.DoesNotContain("delete a", calls);
        Assert.Equal(["create a", "create owner", "delete owner"], calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_protected_companion_blocks_the_replacement_of_what_it_goes_with()
    {
        async Task Declare(TestProgram program, string value)
        {
            var owner = await program.ResourceAsync("owner", null, ("immutable", Text(value)));
            await program.ResourceAsync("a", With(new() { DeletedWith = owner.Urn, Protect = true }));
        }

        await UpOkAsync(program => Declare(program, "1"));

        await UpFailsAsync(program => Declare(program, "2"), "protected");

        Assert.Equal("a-2", Resource("a").Id);
    }

    [Fact]
    public async Task Two_independent_replacements_that_delete_first_both_happen()
    {
        async Task Declare(TestProgram program, string value) => await Task.WhenAll(
            program.ResourceAsync("a", With(new() { DeleteBeforeReplace = true }), ("immutable", Text(value))),
            program.ResourceAsync("b", With(new() { DeleteBeforeReplace = true }), ("immutable", Text(value))));

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["create a", "create b", "delete a", "delete b"], World.TakeCalls().Order(StringComparer.Ordinal));
        Assert.Equal(2, World.Things.Count);
    }

    [Fact]
    public async Task A_secret_replacement_trigger_replaces_and_stays_secret()
    {
        Task Declare(TestProgram program, string value) => program.ResourceAsync("a", With(new() { ReplacementTrigger = Secret(value) }));
        Secrets.AddRange(["first-trigger-value", "second-trigger-value"]);

        await UpOkAsync(program => Declare(program, "first-trigger-value"));
        await UpOkAsync(program => Declare(program, "first-trigger-value"));
        Assert.Empty(Steps());
        await UpOkAsync(program => Declare(program, "second-trigger-value"));

        Assert.Equal("a-2", Resource("a").Id);
    }

    [Fact]
    public async Task The_id_of_an_import_survives_updates()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { ImportId = "thing" }), ("size", Text("1"))));

        await UpOkAsync(program => program.ResourceAsync("a", With(new() { ImportId = "thing" }), ("size", Text("2"))));
        Assert.Equal(("thing", "thing"), (Resource("a").Id, Resource("a").ImportId));

        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task What_is_not_whole_is_updated_even_when_all_changes_are_ignored()
    {
        World.OnCreate = (request, _) =>
        {
            World.Things["a-id"] = request.Inputs;
            throw ProviderException.Partial("a-id", request.Inputs, ["not ready"]);
        };
        var goal = new ResourceGoalOptions { IgnoreChanges = ["*"] };
        await UpAsync(program => program.ResourceAsync("a", With(goal), ("size", Text("1"))));
        World.Heal();
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", With(goal), ("size", Text("2"))));

        Assert.Equal(["update a"], World.TakeCalls());
        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.Empty(Resource("a").InitErrors);
    }

    [Fact]
    public async Task An_alias_that_is_declared_as_a_resource_too_is_an_error()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));

        await UpFailsAsync(
            async program =>
            {
                await program.ResourceAsync("a");
                await program.ResourceAsync("b", With(new() { Aliases = [new AliasSpec { Name = "a" }] }));
            },
            "Two resources claim");

        Assert.Equal("a-1", Resource("a").Id);
        Assert.False(Has("b"));
    }

    [Fact]
    public async Task References_of_every_kind_to_a_renamed_resource_are_rewritten()
    {
        async Task Declare(TestProgram program, string name, ResourceOf? options)
        {
            var owner = await program.ResourceAsync(name, options);
            await program.ResourceAsync("with", With(new() { DeletedWith = owner.Urn }));
            await program.ResourceAsync("from", ResourceOf.From("peer", owner) with { DependsOn = [owner.Urn] }, ("peer", Text("1")));
        }

        await UpOkAsync(program => Declare(program, "old", options: null));
        await UpOkAsync(program => Declare(program, "new", With(new() { Aliases = [new AliasSpec { Name = "old" }] })));

        var urn = Resource("new").Urn;
        Assert.Equal(urn, Resource("with").DeletedWith);
        Assert.Equal(urn, Assert.Single(Resource("from").Dependencies));
        Assert.Equal(urn, Assert.Single(Resource("from").PropertyDependencies["peer"]));
        Assert.Empty(Steps());
    }

    [Fact]
    public async Task What_is_only_read_is_refreshed_too()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        await UpOkAsync(program => program.Monitor.ReadResourceAsync(new ReadResourceRequest { Type = ResourceOf.DefaultType, Name = "r", Id = "thing" }, default));
        World.Things["thing"] = PropertyMap.Of(("size", Text("2")));

        Assert.True((await RefreshAsync()).Succeeded);

        Assert.Equal(Text("2"), Resource("r").Outputs["size"]);
        Assert.True(Resource("r").External);
    }

    [Fact]
    public async Task A_refresh_that_is_stopped_keeps_what_it_did_not_reach()
    {
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a");
            await program.ResourceAsync("b");
        });
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        World.Things.Clear();
        Events.Clear();

        var result = await Stack().RefreshAsync(Options, preview: false, Events.Add, stop.Token);

        Assert.True(result.Cancelled);
        Assert.Equal((true, true), (Has("a"), Has("b")));
        AssertClean();
    }

    [Fact]
    public async Task What_Pulumi_notes_for_itself_in_a_provider_s_inputs_never_reaches_the_provider()
    {
        await UpOkAsync(program => program.ProviderAsync("p", configuration: [("region", Text("one"))]));
        var path = Path.Combine(Directory, ".pulumi/stacks/proj/dev.json");
        var state = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, state.Replace("\"region\":\"one\"", "\"__internal\":{\"pluginDownloadURL\":\"x\"},\"region\":\"one\"", StringComparison.Ordinal));
        World.Configurations.Clear();

        await UpOkAsync(async program =>
        {
            var provider = await program.ProviderAsync("p", configuration: [("region", Text("one"))]);
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        });

        Assert.DoesNotContain(World.Configurations, configuration => configuration.ContainsKey("__internal"));
        Assert.NotEmpty(World.Configurations);
    }
}
