using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class ProviderTests : LifecycleTest
{
    [Fact]
    public async Task A_default_provider_is_shared_named_after_its_version_and_configured_from_the_stack()
    {
        await Stack().SetConfigAsync("test:region", "north", secret: false, path: false);

        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a");
            await program.ResourceAsync("b");
            await program.ResourceAsync("c", new ResourceOf { Goal = new() { Version = "2.1.0-beta" } });
        });

        Assert.Equal(
            ["default_1_0_0", "default_2_1_0_beta"],
            State().Resources.Where(state => Urns.IsProviderType(state.Type)).Select(state => state.Name));
        var provider = State().Resources.First(state => Urns.IsProviderType(state.Type));
        Assert.Equal(PropertyMap.Of(("__internal", PropertyValue.Of(PropertyMap.Empty)), ("region", Text("north")), ("version", Text("1.0.0"))), provider.Inputs);
        Assert.Equal(PropertyMap.Of(("region", Text("north")), ("version", Text("1.0.0"))), provider.Outputs);
        Assert.Null(provider.Parent);
        Assert.All(World.Configurations, configuration => Assert.Equal(PropertyMap.Of(("region", Text("north"))), configuration));
    }

    [Fact]
    public async Task A_newer_default_provider_takes_the_resources_over()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.Version = "1.1.0";
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Empty(World.TakeCalls());
        Assert.Contains("default_1_1_0", Resource("a").Provider, StringComparison.Ordinal);
        Assert.DoesNotContain(State().Resources, state => state.Name == "default_1_0_0");
    }

    [Fact]
    public async Task A_changed_configuration_asks_the_provider_whether_its_resources_survive()
    {
        async Task Declare(TestProgram program, string region)
        {
            var provider = await program.ProviderAsync("p", configuration: ("region", Text(region)));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        }

        await UpOkAsync(program => Declare(program, "north"));
        await UpOkAsync(program => Declare(program, "south"));
        Assert.DoesNotContain("replace a", Steps());
        Assert.Equal(["update p"], Steps());

        World.OnDiffConfig = request => FakeWorld.DefaultDiff(request) with { ReplaceKeys = ["region"] };
        await UpOkAsync(program => Declare(program, "east"));
        Assert.Contains("replace p", Steps());
        Assert.Contains("replace a", Steps());
        Assert.Equal("a-2", Resource("a").Id);
    }

    [Fact]
    public async Task A_provider_that_is_deleted_before_it_is_replaced_takes_its_resources_along()
    {
        async Task Declare(TestProgram program, string region)
        {
            var provider = await program.ProviderAsync("p", goal: new ResourceGoalOptions { DeleteBeforeReplace = true }, configuration: ("immutable", Text(region)));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        }

        await UpOkAsync(program => Declare(program, "north"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "south"));

        Assert.Equal(["diffconfig p", "delete a", "create a"], World.TakeCalls());
    }

    [Fact]
    public async Task Children_use_the_provider_of_their_parent_if_it_is_of_their_package()
    {
        await UpOkAsync(async program =>
        {
            var mine = await program.ProviderAsync("mine");
            var parent = await program.ResourceAsync("parent", new ResourceOf { Provider = mine });
            await program.ResourceAsync("child", new ResourceOf { Parent = parent.Urn });
            await program.ResourceAsync("other", new ResourceOf { Parent = parent.Urn, Type = "other:index:Thing" });
        });

        Assert.Contains("::mine::", Resource("child").Provider, StringComparison.Ordinal);
        Assert.Contains("::default_", Resource("other").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_hands_providers_down_through_the_tree()
    {
        await UpOkAsync(async program =>
        {
            var mine = await program.ProviderAsync("mine");
            var other = await program.ProviderAsync("theirs", package: "other");
            var component = await program.ComponentAsync(
                "c", new ResourceOf { Providers = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("test", mine).Add("other", other) });
            var inner = await program.ComponentAsync("inner", new ResourceOf { Parent = component.Urn });
            await program.ResourceAsync("a", new ResourceOf { Parent = inner.Urn });
            await program.ResourceAsync("b", new ResourceOf { Parent = inner.Urn, Type = "other:index:Thing" });
        });

        Assert.Contains("::mine::", Resource("a").Provider, StringComparison.Ordinal);
        Assert.Contains("::theirs::", Resource("b").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_of_another_package_is_refused()
    {
        await UpFailsAsync(
            async program =>
            {
                var provider = await program.ProviderAsync("theirs", package: "other");
                await program.ResourceAsync("a", new ResourceOf { Provider = provider });
            },
            "is not one of the package 'test'");
    }

    [Fact]
    public async Task In_a_preview_resources_of_a_provider_that_is_not_configured_yet_are_planned_without_it()
    {
        var result = await PreviewAsync(async program =>
        {
            var provider = await program.ProviderAsync("p", configuration: ("address", PropertyValue.Unknown.Instance));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider }, ("size", Text("1")));
        });

        Assert.True(result.Succeeded);
        Assert.Equal(["create p", "create a"], Steps());
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task Invokes_reach_the_provider()
    {
        InvokeResponse? response = null;

        await UpOkAsync(async program =>
            response = await program.Monitor.InvokeAsync(new InvokeRequest("test:index:echo", PropertyMap.Of(("x", Text("y")))), default));

        Assert.Equal(Text("y"), response!.Result["x"]);
        Assert.Equal(["invoke test:index:echo"], World.TakeCalls());
        Assert.Contains("test:index:echo says hello", Diagnostics(LogSeverity.Info));
    }

    [Fact]
    public async Task A_registered_resource_can_be_looked_up_by_its_urn()
    {
        InvokeResponse? found = null;
        InvokeResponse? missing = null;

        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a", null, ("size", Text("1")));
            found = await program.Monitor.InvokeAsync(new InvokeRequest("pulumi:pulumi:getResource", PropertyMap.Of(("urn", Text(a.Urn)))), default);
            missing = await program.Monitor.InvokeAsync(new InvokeRequest("pulumi:pulumi:getResource", PropertyMap.Of(("urn", Text("nothing")))), default);
        });

        Assert.Equal(Text("a-1"), found!.Result["id"]);
        Assert.Equal(PropertyMap.Of(("size", Text("1"))), ((PropertyValue.Map)found.Result["state"]).Members);
        Assert.NotEmpty(missing!.Failures);
    }

    [Fact]
    public async Task The_provider_that_a_resource_was_made_with_deletes_it_even_when_the_program_has_no_provider_any_more()
    {
        await UpOkAsync(async program =>
        {
            var provider = await program.ProviderAsync("p", configuration: ("region", Text("north")));
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        });
        World.Configurations.Clear();
        World.TakeCalls();

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(["delete a"], World.TakeCalls());
        Assert.Equal(Text("north"), Assert.Single(World.Configurations)["region"]);
        Assert.False(Has("p"));
    }

    [Fact]
    public async Task Diffs_of_resources_are_asked_of_providers_only_when_there_is_something_to_compare()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.Empty(World.Diffs);
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.Single(World.Diffs);
        Assert.Equal(DiffChanges.None, FakeWorld.DefaultDiff(World.Diffs.Single()).Changes);
    }
}
