using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class AliasTests : LifecycleTest
{
    private const string Prefix = "urn:pulumi:dev::proj::";

    private static ResourceOf Alias(params AliasSpec[] aliases) => new() { Goal = new() { Aliases = [.. aliases] } };

    [Fact]
    public async Task A_renamed_resource_is_found_by_name_or_by_urn()
    {
        await UpOkAsync(program => program.ResourceAsync("one"));
        await UpOkAsync(program => program.ResourceAsync("two", Alias(new AliasSpec { Name = "one" })));
        await UpOkAsync(program => program.ResourceAsync("three", Alias(new AliasSpec { Urn = $"{Prefix}test:index:Thing::two" })));

        Assert.Equal(["create one"], World.TakeCalls());
        Assert.Equal("one-1", Resource("three").Id);
        Assert.Equal(3, State().Resources.Length);
        Assert.Empty(Resource("three").Aliases);
    }

    [Fact]
    public async Task A_resource_of_another_type_is_found()
    {
        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Type = "test:index:Old" }));
        await UpOkAsync(program => program.ResourceAsync("a", Alias(new AliasSpec { Type = "test:index:Old" })));

        Assert.Equal(["create a"], World.TakeCalls());
    }

    [Fact]
    public async Task A_resource_that_moves_into_a_component_is_found_without_parent()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        await UpOkAsync(async program =>
        {
            var component = await program.ComponentAsync("c");
            await program.ResourceAsync("a", Alias(new AliasSpec { NoParent = true }) with { Parent = component.Urn });
        });

        Assert.Equal(["create a"], World.TakeCalls());
        Assert.Equal($"{Prefix}test:index:Component$test:index:Thing::a", Resource("a").Urn);
    }

    [Fact]
    public async Task A_resource_that_moves_out_of_a_component_is_found_by_its_former_parent()
    {
        await UpOkAsync(async program =>
        {
            var component = await program.ComponentAsync("c");
            await program.ResourceAsync("a", new ResourceOf { Parent = component.Urn });
        });
        await UpOkAsync(program => program.ResourceAsync("a", Alias(new AliasSpec { ParentUrn = $"{Prefix}test:index:Component::c" })));

        Assert.Equal(["create a"], World.TakeCalls());
        Assert.False(Has("c"));
    }

    [Fact]
    public async Task A_parent_that_is_the_root_stack_counts_as_none()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        await UpOkAsync(async program =>
        {
            var component = await program.ComponentAsync("c");
            await program.ResourceAsync("a", Alias(new AliasSpec { ParentUrn = program.StackUrn }) with { Parent = component.Urn });
        });

        Assert.Equal(["create a"], World.TakeCalls());
    }

    [Fact]
    public async Task Children_follow_a_renamed_parent_with_their_names()
    {
        await UpOkAsync(async program =>
        {
            var parent = await program.ComponentAsync("old");
            var child = await program.ComponentAsync("old-child", new ResourceOf { Parent = parent.Urn });
            await program.ResourceAsync("old-child-leaf", new ResourceOf { Parent = child.Urn });
            await program.ResourceAsync("fixed", new ResourceOf { Parent = parent.Urn });
        });
        await UpOkAsync(async program =>
        {
            var parent = await program.ComponentAsync("new", Alias(new AliasSpec { Name = "old" }));
            var child = await program.ComponentAsync("new-child", new ResourceOf { Parent = parent.Urn });
            await program.ResourceAsync("new-child-leaf", new ResourceOf { Parent = child.Urn });
            await program.ResourceAsync("fixed", new ResourceOf { Parent = parent.Urn });
        });

        Assert.Equal(["create old-child-leaf", "create fixed"], World.TakeCalls());
        Assert.Equal(6, State().Resources.Length);
    }

    [Fact]
    public async Task Children_follow_a_parent_of_another_type()
    {
        await UpOkAsync(async program =>
        {
            var parent = await program.ComponentAsync("p", new ResourceOf { Type = "test:index:OldParent" });
            await program.ResourceAsync("child", new ResourceOf { Parent = parent.Urn });
        });
        await UpOkAsync(async program =>
        {
            var parent = await program.ComponentAsync("p", Alias(new AliasSpec { Type = "test:index:OldParent" }) with { Type = "test:index:NewParent" });
            await program.ResourceAsync("child", new ResourceOf { Parent = parent.Urn });
        });

        Assert.Equal(["create child"], World.TakeCalls());
        Assert.Equal($"{Prefix}test:index:NewParent$test:index:Thing::child", Resource("child").Urn);
    }

    [Fact]
    public async Task The_own_urn_comes_before_aliases()
    {
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a");
            await program.ResourceAsync("b");
        });

        // b's alias names a, but b itself exists: it is b that is taken, and a is deleted.
        await UpOkAsync(program => program.ResourceAsync("b", Alias(new AliasSpec { Name = "a" })));

        Assert.Equal(["create a", "create b", "delete a"], World.TakeCalls());
        Assert.Equal("b-2", Resource("b").Id);
    }

    [Fact]
    public async Task Two_resources_that_claim_one_alias_are_an_error()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));

        await UpFailsAsync(
            async program =>
            {
                await program.ResourceAsync("b", Alias(new AliasSpec { Name = "a" }));
                await program.ResourceAsync("c", Alias(new AliasSpec { Name = "a" }));
            },
            "Two resources claim to be");
    }

    [Fact]
    public async Task References_to_a_renamed_resource_are_rewritten_even_where_nothing_is_registered()
    {
        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a");
            await program.ResourceAsync("b", ResourceOf.From("peer", a) with { Goal = new() { DeletedWith = a.Urn } }, ("peer", Text("1")));
        });

        // The run fails before b is registered: b stays as it was, but a has a new name.
        await UpFailsAsync(
            async program =>
            {
                await program.ResourceAsync("a2", Alias(new AliasSpec { Name = "a" }));
                throw new ProgramFailure("stopped");
            },
            "stopped");

        var renamed = $"{Prefix}test:index:Thing::a2";
        var b = Resource("b");
        Assert.Equal(renamed, Assert.Single(b.Dependencies));
        Assert.Equal(renamed, Assert.Single(b.PropertyDependencies["peer"]));
        Assert.Equal(renamed, b.DeletedWith);
    }

    [Fact]
    public async Task References_to_a_renamed_provider_are_rewritten()
    {
        await UpOkAsync(async program =>
        {
            var provider = await program.ProviderAsync("one");
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        });
        await UpOkAsync(async program =>
        {
            var provider = await program.ProviderAsync("two", goal: new ResourceGoalOptions { Aliases = [new AliasSpec { Name = "one" }] });
            await program.ResourceAsync("a", new ResourceOf { Provider = provider });
        });

        Assert.Equal(["create a"], World.TakeCalls());
        Assert.Contains("::two::", Resource("a").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_aliased_resource_can_be_replaced_at_the_same_time()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        await UpOkAsync(program => program.ResourceAsync("b", Alias(new AliasSpec { Name = "a" }), ("immutable", Text("2"))));

        Assert.Equal(["create a", "create b", "delete a"], World.TakeCalls());
        Assert.Equal("b-2", Resource("b").Id);
    }
}
