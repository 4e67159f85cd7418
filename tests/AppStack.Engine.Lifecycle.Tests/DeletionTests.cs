using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class DeletionTests : LifecycleTest
{
    private static ResourceOf With(ResourceGoalOptions goal) => new() { Goal = goal };

    [Fact]
    public async Task A_protected_resource_is_not_deleted_by_an_up()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { Protect = true })));
        World.TakeCalls();

        await UpFailsAsync(_ => Task.CompletedTask, "cannot be deleted because it is protected");

        Assert.Empty(World.TakeCalls());
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task All_protected_resources_are_named_at_once_and_nothing_is_destroyed()
    {
        await UpOkAsync(async program =>
        {
            await program.ResourceAsync("a", With(new() { Protect = true }));
            await program.ResourceAsync("b", With(new() { Protect = true }));
            await program.ResourceAsync("c");
        });
        World.TakeCalls();

        Assert.False((await DestroyAsync()).Succeeded);

        Assert.Equal(2, Errors.Count());
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task A_protected_resource_is_deleted_once_it_is_unprotected()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { Protect = true })));
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.False(Resource("a").Protect);

        await UpOkAsync(_ => Task.CompletedTask);
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task State_unprotect_allows_the_deletion()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { Protect = true })));
        await Stack().UnprotectAsync(Resource("a").Urn);

        Assert.True((await DestroyAsync()).Succeeded);
    }

    [Fact]
    public async Task Protection_retention_and_deleted_with_are_inherited_and_an_explicit_false_wins()
    {
        await UpOkAsync(async program =>
        {
            var owner = await program.ResourceAsync("owner");
            var parent = await program.ComponentAsync("p", With(new() { Protect = true, RetainOnDelete = true, DeletedWith = owner.Urn }));
            await program.ResourceAsync("inherits", new ResourceOf { Parent = parent.Urn });
            await program.ResourceAsync("refuses", new ResourceOf { Parent = parent.Urn, Goal = new() { Protect = false, RetainOnDelete = false } });
        });

        Assert.True(Resource("inherits") is { Protect: true, RetainOnDelete: true, DeletedWith: not null });
        Assert.True(Resource("refuses") is { Protect: false, RetainOnDelete: false, DeletedWith: not null });
    }

    [Fact]
    public async Task A_protected_resource_is_not_replaced()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { Protect = true }), ("immutable", Text("1"))));

        await UpFailsAsync(program => program.ResourceAsync("a", With(new() { Protect = true }), ("immutable", Text("2"))), "must be replaced (immutable), but it is protected");
        Assert.Equal(Text("1"), Resource("a").Inputs["immutable"]);

        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        Assert.Equal(Text("2"), Resource("a").Inputs["immutable"]);
    }

    [Fact]
    public async Task A_retained_resource_is_only_forgotten()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { RetainOnDelete = true })));
        World.TakeCalls();

        var result = await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(1, Count(result, StepKind.Delete));
        Assert.Empty(World.TakeCalls());
        Assert.False(Has("a"));
        Assert.Single(World.Things);
    }

    [Fact]
    public async Task A_retained_resource_stays_when_it_is_replaced()
    {
        await UpOkAsync(program => program.ResourceAsync("a", With(new() { RetainOnDelete = true }), ("immutable", Text("1"))));
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", With(new() { RetainOnDelete = true }), ("immutable", Text("2"))));

        Assert.Equal(["create a"], World.TakeCalls());
        Assert.Equal(2, World.Things.Count);
    }

    [Fact]
    public async Task What_goes_with_another_resource_is_not_deleted_itself()
    {
        await UpOkAsync(async program =>
        {
            var owner = await program.ResourceAsync("owner");
            var middle = await program.ResourceAsync("middle", With(new() { DeletedWith = owner.Urn }));
            await program.ResourceAsync("leaf", With(new() { DeletedWith = middle.Urn }));
        });
        World.TakeCalls();

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Equal(["delete owner"], World.TakeCalls());
    }

    [Fact]
    public async Task What_goes_with_another_is_deleted_when_the_other_stays()
    {
        await UpOkAsync(async program =>
        {
            var owner = await program.ResourceAsync("owner");
            await program.ResourceAsync("a", With(new() { DeletedWith = owner.Urn }));
        });
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("owner"));

        Assert.Equal(["delete a"], World.TakeCalls());
    }

    [Fact]
    public async Task What_goes_with_another_is_replaced_when_the_other_is()
    {
        async Task Declare(TestProgram program, string value)
        {
            var owner = await program.ResourceAsync("owner", null, ("immutable", Text(value)));
            await program.ResourceAsync("a", With(new() { DeletedWith = owner.Urn }));
        }

        await UpOkAsync(program => Declare(program, "1"));
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Contains("replace a", Steps());
        Assert.Equal("a-4", Resource("a").Id);
    }

    [Fact]
    public async Task Dependents_are_deleted_first()
    {
        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a");
            var b = await program.ResourceAsync("b", new ResourceOf { DependsOn = [a.Urn] });
            await program.ResourceAsync("c", new ResourceOf { Parent = b.Urn });
        });
        World.TakeCalls();

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Equal(["delete c", "delete b", "delete a"], World.TakeCalls());
    }

    [Fact]
    public async Task A_failed_deletion_keeps_what_it_depends_on_and_the_rest_goes_on()
    {
        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a");
            await program.ResourceAsync("b", new ResourceOf { DependsOn = [a.Urn] });
            await program.ResourceAsync("c");
        });
        World.FailDelete("b");

        Assert.False((await DestroyAsync()).Succeeded);
        Assert.True(Has("a"));
        Assert.True(Has("b"));
        Assert.False(Has("c"));

        World.Heal();
        Assert.True((await DestroyAsync()).Succeeded);
        Assert.Empty(State().Resources);
    }

    [Fact]
    public async Task An_old_resource_whose_deletion_failed_is_deleted_by_the_next_up()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.FailDelete("a");
        Assert.False((await UpAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))))).Succeeded);
        Assert.Equal([true, false], State().Resources.Where(state => state.Name == "a").Select(state => state.Delete).OrderDescending());

        World.Heal();
        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));

        Assert.Equal(["delete a"], World.TakeCalls());
        Assert.Equal("a-2", Resource("a").Id);
        Assert.Equal(["a-2"], World.Things.Keys);
    }

    [Fact]
    public async Task Destroy_also_deletes_old_resources_that_wait_for_it()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        World.FailDelete("a");
        await UpAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        World.Heal();

        Assert.True((await DestroyAsync()).Succeeded);

        Assert.Empty(World.Things);
        Assert.Empty(State().Resources);
    }

    [Fact]
    public async Task Old_resources_are_deleted_in_the_order_of_their_dependencies()
    {
        async Task Declare(TestProgram program, string value)
        {
            var a = await program.ResourceAsync("a", null, ("immutable", Text(value)));
            await program.ResourceAsync("b", ResourceOf.From("immutable", a), ("immutable", Text(value)));
        }

        await UpOkAsync(program => Declare(program, "1"));
        World.TakeCalls();
        await UpOkAsync(program => Declare(program, "2"));

        Assert.Equal(["create a", "create b", "delete b", "delete a"], World.TakeCalls());
    }

    [Fact]
    public async Task Preview_of_a_destroy_deletes_nothing()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        World.TakeCalls();

        var result = await DestroyAsync(preview: true);

        Assert.Equal(2, Count(result, StepKind.Delete));
        Assert.Empty(World.TakeCalls());
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task Old_inputs_and_outputs_reach_the_deletion()
    {
        (PropertyMap? Inputs, PropertyMap? Outputs) seen = default;
        World.OnDelete = (request, _) =>
        {
            seen = (request.OldInputs, request.OldOutputs);
            return Task.CompletedTask;
        };
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Equal(Text("1"), seen.Inputs?["size"]);
        Assert.Equal(Text("1"), seen.Outputs?["size"]);
    }
}
